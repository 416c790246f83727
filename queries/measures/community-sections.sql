-- title: 协作群的典型章节
-- title (en): Typical sections of communities
-- Under which heading the tasks stand that two or more bodies of a community share: the heading with the greatest n² / N, where n
-- are those of the community and N those of all communities of its network, so that neither a rare heading nor one that all have wins.
-- param bodies, networks, communities: numbers of bodies, and beside each the number of its network, and of its community there
WITH members AS MATERIALIZED (
  SELECT unnest($bodies::INTEGER[]) AS organization_id, unnest($networks::INTEGER[]) AS network,
    unnest($communities::INTEGER[]) AS community
),
shared AS (
  SELECT task_id, network, community FROM duties JOIN members USING (organization_id)
  WHERE named GROUP BY task_id, network, community HAVING count(*) > 1
),
counted AS (
  SELECT network, community, tasks.path[-1] AS heading, count(*) AS tasks FROM shared JOIN tasks USING (task_id)
  WHERE len(tasks.path) > 0 GROUP BY network, community, heading
),
weighed AS (SELECT *, tasks * tasks / sum(tasks) OVER (PARTITION BY network, heading) AS weight FROM counted)
SELECT network, community, heading, tasks FROM weighed
QUALIFY row_number() OVER (PARTITION BY network, community ORDER BY weight DESC, tasks DESC, heading) = 1
ORDER BY network, community
