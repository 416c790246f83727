-- title: 任务的主体数
-- title (en): Bodies on a task
-- How many bodies a task names itself; what it inherits (下同) does not count.
SELECT iri, bodies FROM (SELECT DISTINCT task_id, bodies FROM duties WHERE named) JOIN tasks USING (task_id) ORDER BY iri
