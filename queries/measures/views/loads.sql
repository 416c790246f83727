-- title: 各机构承担的任务
-- title (en): What each body bears
-- A row per body that is on a task: over all documents (first_year and last_year empty), and over those of each period.
-- shares: Σ 1/bodies over the tasks that name it, in ten-thousandths, a half up. It is summed as whole numbers, so that the order
-- of rows does not matter; a little is added before rounding, since thirds do not sum up exactly.
-- compared: organizations of a region with a task of their own; groups of bodies, vague ones and leading groups are not.
SELECT
    borne.*,
    floor(parts / 1e11 + 0.5 + 1e-6)::BIGINT AS shares,
    kind = 'organization' AND tasks > 0 AND region_code IS NOT NULL AS compared
FROM (
    SELECT
        organization_id, first_year, last_year,
        sum(tasks)::BIGINT AS tasks,
        sum(led)::BIGINT AS led,
        sum(responsible)::BIGINT AS responsible,
        sum(supported)::BIGINT AS supported,
        sum(parts) AS parts,
        sum(indicators)::BIGINT AS indicators,
        sum(binding_indicators)::BIGINT AS binding_indicators,
        sum(inherited)::BIGINT AS inherited,
        count(*) FILTER (tasks > 0) AS documents
    FROM (  -- of each document first: the sums over periods then have a quarter of the rows
        SELECT
            organization_id, document_id,
            count(*) FILTER (named) AS tasks,
            count(*) FILTER (led) AS led,
            count(*) FILTER (responsible) AS responsible,
            count(*) FILTER (supported) AS supported,
            coalesce(sum(round(1e15 / nullif(bodies, 0))::HUGEINT) FILTER (named), 0) AS parts,
            coalesce(sum(measured.indicators) FILTER (named), 0)::BIGINT AS indicators,
            coalesce(sum(measured.binding) FILTER (named), 0)::BIGINT AS binding_indicators,
            count(*) FILTER (NOT named) AS inherited
        FROM duties
        LEFT JOIN (
            SELECT task_id, count(*) AS indicators, count(*) FILTER (binding = 'binding') AS binding
            FROM indicators WHERE task_id IS NOT NULL GROUP BY task_id
        ) AS measured USING (task_id)
        GROUP BY organization_id, document_id
    )
    JOIN (
        SELECT document_id, year(period_start) AS first_year, year(period_end) AS last_year FROM documents
    ) AS periods USING (document_id)
    GROUP BY GROUPING SETS ((organization_id), (organization_id, first_year, last_year))
    HAVING grouping(first_year) = 1 OR (first_year IS NOT NULL AND last_year IS NOT NULL)
) AS borne
JOIN organizations USING (organization_id)
