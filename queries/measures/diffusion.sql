-- title: 责任分散的任务
-- title (en): Diffuse tasks
-- Tasks that name several bodies, and nobody leads: the bodies are that many, and each may wait for the others. Diffusion = the
-- number of bodies that a task names itself where there are two or more and no lead; where somebody leads it is 0. A plain count,
-- so that a reader can check it on the sentence; 下同 and safeguards (保障措施) do not count. The gaps no-lead and no-lead-joint
-- are the same tasks.
-- param top: rows at most; NULL: all
WITH named AS MATERIALIZED (SELECT task_id, organization_id FROM duties WHERE named),
shared AS (SELECT task_id, count(*) AS bodies FROM named GROUP BY task_id HAVING count(*) > 1),
led AS (SELECT DISTINCT task_id FROM assignments WHERE role = 'lead'),
ranked AS (
  SELECT task_id, bodies FROM shared JOIN tasks USING (task_id)
  WHERE NOT measure AND NOT EXISTS (FROM led WHERE led.task_id = shared.task_id)
  ORDER BY bodies DESC, tasks.document, tasks.position, tasks.iri LIMIT $top
),
named_bodies AS (
  SELECT task_id, list(coalesce(name, iri) ORDER BY iri) AS labels
  FROM ranked JOIN named USING (task_id) JOIN organizations USING (organization_id) GROUP BY task_id
)
SELECT tasks.iri AS task, tasks.document, documents.title AS document_title, documents.region_name AS region_label,
  tasks.number, tasks.title, bodies, joint, labels, quote, quote_start AS start, quote_end AS "end"
FROM ranked JOIN tasks USING (task_id) JOIN documents USING (document_id) JOIN named_bodies USING (task_id)
ORDER BY bodies DESC, tasks.document, tasks.position, tasks.iri
