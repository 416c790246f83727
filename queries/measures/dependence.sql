-- title: 牵头对配合的依赖
-- title (en): Dependence of a lead on who supports it
-- Whose support a body needs where it leads: tasks = those that it leads and the other supports, share = tasks / all that it
-- leads, in ten-thousandths, a half up. Duties inherited by 下同 do not count.
-- param top: rows at most; NULL: all
-- param tasks: whether to list the tasks
-- param generic: whether 各县（市、区）政府, 有关部门 and the like count as bodies
WITH bodies AS MATERIALIZED (
  SELECT organization_id, (row_number() OVER (ORDER BY iri))::INTEGER AS place FROM organizations WHERE $generic OR kind <> 'generic'
),
roles AS MATERIALIZED (SELECT task_id, place, led, supported FROM duties JOIN bodies USING (organization_id) WHERE led OR supported),
leads AS (SELECT place, count(*) AS tasks FROM roles WHERE led GROUP BY place),
needed AS (
  SELECT lead.place AS a, support.place AS b, count(*) AS tasks,
    list(lead.task_id ORDER BY lead.task_id) FILTER ($tasks) AS task_ids
  FROM roles AS lead JOIN roles AS support ON support.task_id = lead.task_id AND support.place <> lead.place
  WHERE lead.led AND support.supported GROUP BY lead.place, support.place
),
ranked AS (
  SELECT needed.a, needed.b, needed.task_ids, needed.tasks, leads.tasks AS led, (20000 * needed.tasks + leads.tasks) // (2 * leads.tasks) AS share
  FROM needed JOIN leads ON leads.place = needed.a
  ORDER BY needed.tasks DESC, share DESC, needed.a, needed.b LIMIT $top
)
SELECT first.iri AS lead, second.iri AS support,
  coalesce(first.name, first.iri) AS lead_label, coalesce(second.name, second.iri) AS support_label,
  first.region_name AS region_label, ranked.tasks, ranked.led, ranked.share,
  coalesce(task_ids, []) AS task_ids
FROM ranked JOIN bodies AS one ON one.place = ranked.a JOIN bodies AS two ON two.place = ranked.b
JOIN organizations AS first ON first.organization_id = one.organization_id
JOIN organizations AS second ON second.organization_id = two.organization_id
ORDER BY ranked.tasks DESC, ranked.share DESC, ranked.a, ranked.b
