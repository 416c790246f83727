-- title: 任务的 IRI
-- title (en): The IRIs of tasks
-- param ids: numbers of tasks
SELECT task_id, iri FROM tasks WHERE task_id IN (SELECT unnest($ids::INTEGER[]))
