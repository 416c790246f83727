-- title: 协作群的共同任务
-- title (en): Tasks of communities
-- The tasks that two or more bodies of a community are named on, in the order of the table of tasks.
-- param bodies, networks, communities: numbers of bodies, and beside each the number of its network, and of its community there
WITH members AS MATERIALIZED (
  SELECT unnest($bodies::INTEGER[]) AS organization_id, unnest($networks::INTEGER[]) AS network,
    unnest($communities::INTEGER[]) AS community
),
shared AS (
  SELECT task_id, network, community FROM duties JOIN members USING (organization_id)
  WHERE named GROUP BY task_id, network, community HAVING count(*) > 1
)
SELECT network, community, list(iri ORDER BY task_id) AS tasks FROM shared JOIN tasks USING (task_id) GROUP BY network, community
