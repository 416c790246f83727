-- title: 为他人配合
-- title (en): What a body carries for others
-- Tasks that others lead and the body supports, how many leads it serves, and share = these tasks / all that name it, in
-- ten-thousandths, a half up. Duties inherited by 下同 do not count.
-- param top: rows at most; NULL: all
-- param tasks: whether to list the tasks
-- param generic: whether 各县（市、区）政府, 有关部门 and the like count as bodies
WITH roles AS MATERIALIZED (
  SELECT task_id, organization_id, led, supported FROM duties JOIN organizations USING (organization_id)
  WHERE named AND ($generic OR kind <> 'generic')
),
carried AS (
  SELECT support.organization_id, count(DISTINCT support.task_id) AS tasks, count(DISTINCT lead.organization_id) AS leads,
    list(DISTINCT support.task_id ORDER BY support.task_id) FILTER ($tasks) AS task_ids
  FROM roles AS support JOIN roles AS lead ON lead.task_id = support.task_id AND lead.organization_id <> support.organization_id
  WHERE support.supported AND lead.led GROUP BY support.organization_id
),
sizes AS (SELECT organization_id, count(*) AS named FROM roles GROUP BY organization_id)
SELECT iri AS organization, coalesce(name, iri) AS label, region_name AS region_label, tasks, leads, named,
  (20000 * tasks + named) // (2 * named) AS share, coalesce(task_ids, []) AS task_ids
FROM carried JOIN sizes USING (organization_id) JOIN organizations USING (organization_id)
ORDER BY tasks DESC, leads DESC, iri LIMIT $top
