-- title: 文件里的目标
-- title (en): The targets of some documents
-- formula: one row per indicator, also of those outside the tasks; with $metric of this metric only
SELECT document_id AS document, task_id AS task, iri, name, metric, metric_name, metric_direction AS direction, kind, comparator,
    value, value_text, unit_written AS unit, normalized_value, normalized_unit, year, baseline_year, as_written, quote
FROM indicators
WHERE document_id IN (SELECT unnest($documents)) AND ($metric::VARCHAR IS NULL OR coalesce(metric, name) = $metric)
ORDER BY document_id, task_id NULLS LAST, position, iri
