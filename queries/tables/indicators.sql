-- title: 指标表
-- title (en): The table of indicators
-- A row per target with all that its table shows, filters and sorts by; a unit is called as it is most often written.
-- departments are the bodies that the task itself names, whose load counts the target. $base is that of the IRIs.
WITH
    units AS (
        SELECT unit, mode(unit_written ORDER BY unit_written) AS name FROM indicators WHERE unit IS NOT NULL GROUP BY unit
    ),
    bodies AS (
        SELECT task_id, list({name: name, key: key} ORDER BY NOT led, position, name, key) AS bodies,
            list(key ORDER BY key) FILTER (named) AS departments,
            string_agg(name, ' ' ORDER BY position, name) AS names
        FROM (
            SELECT task_id, coalesce(name, key) AS name, key, led, named, position
            FROM duties JOIN organizations USING (organization_id)
            JOIN (SELECT task_id, organization_id, min(position) AS position FROM assignments GROUP BY ALL) USING (task_id, organization_id)
            WHERE task_id IN (SELECT task_id FROM indicators)
        )
        GROUP BY task_id
    ),
    found AS (
        SELECT indicator_id, list(DISTINCT kind ORDER BY kind) AS findings FROM gaps WHERE indicator_id IS NOT NULL GROUP BY indicator_id
    )
SELECT
    indicator_id AS id, indicators.iri, indicators.document_id, coalesce(tasks.position, 0) * 10000 + indicators.position AS place, indicators.name,
    coalesce(substr(metric, len($base) + 11), '-') AS metric_key, metric_name AS metric, metric_direction AS direction, indicators.kind,
    coalesce(comparator, '-') AS comparator, value, value_text, unit_written, coalesce(units.name, unit_written, '-') AS unit_code,
    normalized_value, normalized_unit, indicators.year, coalesce(indicators.year::VARCHAR, '-') AS year_code,
    baseline_value, baseline_year, coalesce(binding, '-') AS binding, in_table, as_written,
    if(value IS NULL, 'no', 'yes') AS has_value, if(baseline_value IS NULL, 'no', 'yes') AS has_baseline,
    documents.key AS document_key, documents.title AS document,
    coalesce(documents.region_code, '-') AS region_code, documents.region_name AS region,
    coalesce(concat(year(period_start), '-', year(period_end)), '-') AS period_code,
    year(period_start) AS first_year, year(period_end) AS last_year,
    substr(indicators.task, len($base) + 9) AS task_key, tasks.title AS task_title, tasks.number AS task_number, coalesce(bodies, []) AS bodies,
    coalesce(departments, []) AS departments, coalesce(findings, ['-']) AS findings,
    indicators.quote, documents.key AS quote_document, indicators.quote_start, indicators.quote_end, indicators.page, indicators.rule,
    indicators.file,
    lower(concat_ws(' ', indicators.name, metric_name, as_written, tasks.title, documents.title, names)) AS words
FROM indicators
JOIN documents USING (document_id)
LEFT JOIN tasks ON tasks.task_id = indicators.task_id
LEFT JOIN bodies ON bodies.task_id = indicators.task_id
LEFT JOIN units USING (unit)
LEFT JOIN found USING (indicator_id)
