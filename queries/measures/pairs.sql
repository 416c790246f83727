-- title: 共同责任
-- title (en): Shared responsibility
-- Two bodies that are named on the same tasks; what is inherited (下同) does not count. A and B are the tasks that name each:
-- jaccard = |A ∩ B| / |A ∪ B| (Jaccard 1912), lift = |A ∩ B| · N / (|A| · |B|) (Brin et al. 1997) among the N tasks that name
-- any body of their regions; 1 is chance. Both in ten-thousandths, a half up: queries/derive/shared-responsibility.rq says the same.
-- param top: rows at most; NULL: all
-- param generic: whether 各县（市、区）政府, 有关部门 and the like count as bodies
WITH bodies AS MATERIALIZED (
  SELECT organization_id, (row_number() OVER (ORDER BY iri))::INTEGER AS place, coalesce(region_code, '') AS region,
    kind = 'generic' AS generic
  FROM organizations
),
named AS MATERIALIZED (  -- as in the view duties, without what is not needed here
  SELECT task_id, place FROM assignments JOIN bodies USING (organization_id)
  GROUP BY task_id, place HAVING NOT bool_or(inherited)
),
sizes AS MATERIALIZED (SELECT place, count(*) AS tasks FROM named GROUP BY place),
shared AS (
  SELECT first.place AS a, second.place AS b, count(*) AS tasks
  FROM named AS first JOIN named AS second ON first.task_id = second.task_id AND first.place < second.place
  GROUP BY first.place, second.place
),
regions AS MATERIALIZED (SELECT DISTINCT task_id, region FROM named JOIN bodies USING (place)),
together AS MATERIALIZED (
  SELECT first.region AS a, second.region AS b, count(*) AS tasks
  FROM regions AS first JOIN regions AS second ON first.task_id = second.task_id
  GROUP BY first.region, second.region
),
around AS (
  SELECT joint.a, joint.b, CASE WHEN joint.a = joint.b THEN joint.tasks ELSE own.tasks + other.tasks - joint.tasks END AS tasks
  FROM together AS joint JOIN together AS own ON own.a = joint.a AND own.b = joint.a
  JOIN together AS other ON other.a = joint.b AND other.b = joint.b
),
counted AS (
  SELECT shared.a, shared.b, shared.tasks AS shared, one.tasks AS tasks_a, two.tasks AS tasks_b,
    one.tasks + two.tasks - shared.tasks AS either, around.tasks AS around, first.generic OR second.generic AS generic,
    first.organization_id AS a_id, second.organization_id AS b_id
  FROM shared JOIN sizes AS one ON one.place = shared.a JOIN sizes AS two ON two.place = shared.b
  JOIN bodies AS first ON first.place = shared.a JOIN bodies AS second ON second.place = shared.b
  JOIN around ON around.a = first.region AND around.b = second.region
),
ranked AS (
  SELECT *, (20000 * shared + either) // (2 * either) AS jaccard,
    (20000 * shared * around + tasks_a * tasks_b) // (2 * tasks_a * tasks_b) AS lift
  FROM counted WHERE $generic OR NOT generic
  ORDER BY shared DESC, jaccard DESC, a, b LIMIT $top
)
SELECT a_id, b_id, first.iri AS a, second.iri AS b, first.key AS key_a, second.key AS key_b, first.region_code AS region_a,
  second.region_code AS region_b, coalesce(first.name, first.iri) AS label_a,
  coalesce(second.name, second.iri) AS label_b, first.region_name AS region_label, generic, shared, tasks_a, tasks_b, around,
  jaccard, lift
FROM ranked JOIN organizations AS first ON first.organization_id = a_id JOIN organizations AS second ON second.organization_id = b_id
ORDER BY shared DESC, jaccard DESC, ranked.a, ranked.b
