-- title: 文件的数量
-- title (en): Counts of a document
-- How many tasks a document states (safeguards, 保障措施, left out), how many indicators, bodies (inherited ones too) and parent policies.
SELECT
    documents.iri,
    coalesce(tasks.n, 0) AS tasks, coalesce(targets.n, 0) AS indicators, coalesce(bodies.n, 0) AS bodies, coalesce(parents.n, 0) AS parents
FROM documents
LEFT JOIN (SELECT document_id, count(*) AS n FROM tasks WHERE NOT measure GROUP BY document_id) AS tasks USING (document_id)
LEFT JOIN (SELECT document_id, count(*) AS n FROM indicators GROUP BY document_id) AS targets USING (document_id)
LEFT JOIN (SELECT document_id, count(DISTINCT organization_id) AS n FROM duties GROUP BY document_id) AS bodies USING (document_id)
LEFT JOIN (SELECT iri, count(*) AS n FROM carried_out GROUP BY iri) AS parents ON parents.iri = documents.iri
ORDER BY documents.iri
