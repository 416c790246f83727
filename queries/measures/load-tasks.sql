-- title: 负荷所数的任务
-- title (en): The tasks that a load counts
-- A row per body and period, as in load.sql: numbers of the tasks that name it, and of those that it only inherits (下同), in
-- reading order.
SELECT
    organization_id, first_year, last_year,
    coalesce(list(task_id ORDER BY document, position, iri) FILTER (named), []) AS tasks,
    coalesce(list(task_id ORDER BY document, position, iri) FILTER (NOT named), []) AS inherited
FROM duties
JOIN tasks USING (task_id)
JOIN (SELECT document_id, year(period_start) AS first_year, year(period_end) AS last_year FROM documents) AS periods
    ON periods.document_id = tasks.document_id
GROUP BY GROUPING SETS ((organization_id), (organization_id, first_year, last_year))
HAVING grouping(first_year) = 1 OR (first_year IS NOT NULL AND last_year IS NOT NULL)
