-- title: 文件的先后
-- title (en): The order of documents
-- By region, then by period, then by IRI, from 1; those of unknown region or period come last.
SELECT document_id, iri, row_number() OVER (ORDER BY region_code NULLS LAST, period_start NULLS LAST, period_end NULLS LAST, iri) AS place
FROM documents
