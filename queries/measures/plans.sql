-- title: 各份文件
-- title (en): The documents that can be compared
-- formula: every document with a title; tasks counts what is no safeguard (保障措施)
SELECT document_id AS id, iri, key, title, kind, region_code AS region, region_name, region_level AS level,
    year(period_start) AS first_year, year(period_end) AS last_year, date, coalesce(issuer, issuer_written) AS issuer,
    (SELECT count(*) FROM tasks WHERE tasks.document_id = documents.document_id AND NOT measure) AS tasks
FROM documents
ORDER BY region_code NULLS LAST, period_start NULLS LAST, period_end, iri
