-- title: 上位政策的影响面
-- title (en): Reach of parent policies
-- What hangs on each policy that some text names as its basis. documents: that name it themselves, anywhere; reached: also through
-- another policy that names it. tasks: that name it in their own sentence; tasks_reached: those, and all tasks of a document that
-- names it outside its tasks, also through another policy. bodies and regions alike; 下同 does not count. here: its text is in the
-- graph, or that of the notice which issues it.
-- param region: code of the region whose documents count, whatever stands above them; NULL: all
-- param first_year, last_year: period of the documents that count; NULL: all
-- param top: rows at most; NULL: all
WITH ways AS MATERIALIZED (SELECT below, above FROM policies_above),
seen AS MATERIALIZED (
  SELECT document_id, iri, region_code FROM documents
  WHERE ($region IS NULL OR region_code = $region)
    AND ($first_year IS NULL OR year(period_start) = $first_year AND year(period_end) = $last_year)
),
stated AS MATERIALIZED (SELECT bases.* FROM bases SEMI JOIN seen USING (document_id)),
-- what each document, and each task, rests on by its own words, then through others
rests AS MATERIALIZED (
  SELECT document_id, task_id, policy FROM stated
  UNION SELECT document_id, task_id, above FROM stated JOIN ways ON ways.below = stated.policy
),
whole AS (SELECT document_id, policy FROM rests WHERE task_id IS NULL),
alone AS (SELECT * FROM rests ANTI JOIN whole USING (document_id, policy)), -- tasks without the rest of their document
counted AS (SELECT document_id, count(*) AS tasks FROM tasks GROUP BY document_id),
named AS (SELECT DISTINCT document_id, organization_id FROM duties WHERE named),
direct AS (SELECT policy, count(DISTINCT document_id) AS documents, count(DISTINCT task_id) AS tasks FROM stated GROUP BY policy),
direct_bodies AS (
  SELECT policy, count(DISTINCT organization_id) AS bodies FROM stated JOIN duties USING (task_id) WHERE named GROUP BY policy
),
reaching AS (
  SELECT above AS policy, count(*) AS reached, count(DISTINCT region_code) AS regions
  FROM ways JOIN seen ON seen.iri = ways.below GROUP BY above
),
resting AS (
  SELECT policy, sum(tasks)::BIGINT AS tasks_reached FROM (
    SELECT policy, tasks FROM whole JOIN counted USING (document_id)
    UNION ALL SELECT policy, 1 FROM alone
  ) GROUP BY policy
),
resting_bodies AS (
  SELECT policy, count(DISTINCT organization_id) AS bodies_reached FROM (
    SELECT policy, organization_id FROM whole JOIN named USING (document_id)
    UNION ALL SELECT policy, organization_id FROM alone JOIN duties USING (task_id) WHERE duties.named
  ) GROUP BY policy
),
own_tasks AS (
  SELECT policy, list(DISTINCT tasks.iri ORDER BY tasks.iri) AS task_iris FROM stated JOIN tasks USING (task_id) GROUP BY policy
),
known AS (
  SELECT policy, any_value(policy_title) AS title, any_value(policy_number) AS number, any_value(policy_level) AS level
  FROM citations WHERE policy IS NOT NULL GROUP BY policy
),
texts AS (SELECT iri AS policy FROM documents UNION SELECT issues FROM documents WHERE issues IS NOT NULL)
SELECT policy, title, number, level, texts.policy IS NOT NULL AS here, coalesce(documents, 0) AS documents, reached,
  coalesce(tasks, 0) AS tasks, coalesce(tasks_reached, 0) AS tasks_reached, coalesce(bodies, 0) AS bodies,
  coalesce(bodies_reached, 0) AS bodies_reached, regions, coalesce(task_iris, []) AS task_iris
FROM reaching LEFT JOIN direct USING (policy) LEFT JOIN direct_bodies USING (policy) LEFT JOIN resting USING (policy)
LEFT JOIN resting_bodies USING (policy) LEFT JOIN own_tasks USING (policy) LEFT JOIN known USING (policy) LEFT JOIN texts USING (policy)
ORDER BY documents DESC, tasks DESC, reached DESC, policy LIMIT $top
