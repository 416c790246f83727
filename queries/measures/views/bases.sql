-- title: 依据
-- title (en): Bases
-- A row per task, or per document outside its tasks (task_id empty), and policy that it names as its basis by its own words.
SELECT DISTINCT c.document_id, c.document, c.task_id, c.policy, d.issues
FROM citations c JOIN documents d USING (document_id)
WHERE c.relation = 'basis' AND c.policy IS NOT NULL AND c.policy <> c.document
