-- title: 责任分散的任务数
-- title (en): How many tasks are diffuse
-- Of all tasks but safeguards: those that name two bodies or more, and of these those that nobody leads.
WITH named AS (SELECT task_id, count(*) AS bodies FROM duties WHERE named GROUP BY task_id),
led AS (SELECT DISTINCT task_id FROM assignments WHERE role = 'lead')
SELECT count(*)::INTEGER AS tasks, count(*) FILTER (bodies > 1)::INTEGER AS shared,
  count(*) FILTER (bodies > 1 AND led.task_id IS NULL)::INTEGER AS diffuse
FROM tasks LEFT JOIN named USING (task_id) LEFT JOIN led ON led.task_id = tasks.task_id WHERE NOT measure
