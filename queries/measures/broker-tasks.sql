-- title: 牵线机构的共同任务
-- title (en): Tasks of brokers
-- The tasks that name a body beside others that are not generic: those that its ties are made of, in the order of the table of tasks.
-- param bodies: IRIs of bodies
WITH named AS MATERIALIZED (
  SELECT task_id, iri FROM duties JOIN organizations USING (organization_id) WHERE named AND kind <> 'generic'
),
shared AS (SELECT task_id FROM named GROUP BY task_id HAVING count(*) > 1)
SELECT named.iri AS body, list(tasks.iri ORDER BY task_id) AS tasks
FROM named JOIN shared USING (task_id) JOIN tasks USING (task_id)
WHERE named.iri IN (SELECT unnest($bodies::VARCHAR[])) GROUP BY named.iri
