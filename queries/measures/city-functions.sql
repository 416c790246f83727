-- title: 各地同一职能的任务
-- title (en): What the bodies of one function bear in each region, in some documents
-- formula: a task counts once for each body, in its weightiest role; groups of bodies, leading groups and what holds by 下同 are left out; targets are those of the tasks; gaps are the tasks that leave something open for which nobody gave a reason
WITH borne AS (
    SELECT organization_id, task_id, min(CASE role WHEN 'lead' THEN 1 WHEN 'responsible' THEN 2 ELSE 3 END) AS rank
    FROM assignments
    WHERE document_id IN (SELECT unnest($documents)) AND organization_id IS NOT NULL AND NOT inherited
        AND task_id IN (SELECT task_id FROM tasks WHERE NOT measure)
    GROUP BY ALL
), open_tasks AS MATERIALIZED (
    SELECT DISTINCT task_id FROM gaps WHERE justified IS NULL AND task_id IS NOT NULL
), targets AS (
    SELECT task_id, count(*) AS targets FROM indicators WHERE task_id IS NOT NULL GROUP BY task_id
)
SELECT function, function_name, region_code AS region, region_name, organizations.iri AS body, name, count(*) AS tasks,
    count(*) FILTER (rank = 1) AS led, count(*) FILTER (rank = 2) AS responsible, count(*) FILTER (rank = 3) AS supported,
    coalesce(sum(targets), 0)::BIGINT AS targets, count(open_tasks.task_id) AS gaps, count(DISTINCT tasks.document_id) AS documents,
    list(tasks.iri ORDER BY tasks.iri) AS task_iris
FROM borne JOIN organizations USING (organization_id) JOIN tasks USING (task_id) LEFT JOIN targets USING (task_id)
    LEFT JOIN open_tasks USING (task_id)
WHERE kind = 'organization' AND function IS NOT NULL AND region_code IN (SELECT unnest($regions))
GROUP BY ALL
ORDER BY function, region_code, body
