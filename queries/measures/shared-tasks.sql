-- title: 共同任务
-- title (en): Shared tasks
-- The tasks that name both bodies of a pair themselves, in the order of the table of tasks.
-- param firsts, seconds: the pairs, as two lists of numbers of bodies
WITH pairs AS MATERIALIZED (SELECT unnest($firsts::INTEGER[]) AS a, unnest($seconds::INTEGER[]) AS b),
named AS MATERIALIZED (
  SELECT task_id, organization_id FROM duties
  WHERE named AND (organization_id IN (SELECT a FROM pairs) OR organization_id IN (SELECT b FROM pairs))
),
shared AS MATERIALIZED (
  SELECT first.task_id, first.organization_id AS a, second.organization_id AS b
  FROM named AS first JOIN named AS second ON second.task_id = first.task_id
  WHERE (first.organization_id, second.organization_id) IN (SELECT (a, b) FROM pairs)
)
SELECT a, b, list(iri ORDER BY task_id) AS tasks FROM shared JOIN tasks USING (task_id) GROUP BY a, b
