-- title: 职能的分布
-- title (en): Spread of a function
-- In how many regions bodies of a function are named on tasks, how many bodies and how many tasks; leading groups and groups of
-- bodies are left out, and so is what is inherited (下同). place: most regions first, then most tasks.
SELECT *, row_number() OVER (ORDER BY regions DESC, tasks DESC, function) AS place
FROM (
    SELECT function, count(DISTINCT region_code) AS regions, count(DISTINCT organization_id) AS bodies, count(DISTINCT task_id) AS tasks
    FROM duties
    JOIN (
        SELECT organization_id, region_code, unnest(functions) AS function
        FROM organizations WHERE kind = 'organization' AND region_code IS NOT NULL
    ) USING (organization_id)
    WHERE named
    GROUP BY function
)
ORDER BY place
