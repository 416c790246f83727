-- title: 部门表
-- title (en): The table of bodies
-- A row per body and period, from the measure of load ($fewest, $overloaded, $heavy); period '-' is all periods together.
SELECT
    measured.organization_id AS id, place, measured.* EXCLUDE (place, organization_id, region_code, region_label, organization),
    region_label AS region, coalesce(concat(first_year, '-', last_year), '-') AS period_code,
    coalesce(measured.region_code, '-') AS region_code, coalesce(measured.function, '-') AS function_code,
    if(led > 0, 'yes', 'no') AS has_lead, if(binding_indicators > 0, 'yes', 'no') AS has_binding,
    list_filter(
        [if(led > 0, 'lead', NULL), if(responsible > 0, 'responsible', NULL), if(supported > 0, 'support', NULL),
        if(inherited > 0, 'inherited', NULL)], lambda role: role IS NOT NULL
    ) AS roles,
    array_to_string(other_names, '、') AS aliases, said.* EXCLUDE (organization_id),
    lower(concat_ws(' ', label, array_to_string(other_names, ' '), region_label, measured.function_label, measured.key)) AS words
FROM ({load}) AS measured
JOIN (SELECT organization_id, other_names FROM organizations) USING (organization_id)
JOIN (  -- the first task that names it
    SELECT organization_id, tasks.quote, document_key AS quote_document, tasks.quote_start, tasks.quote_end, tasks.page, tasks.rule, tasks.file
    FROM (SELECT organization_id, min_by(task_id, assignment_id) AS task_id FROM assignments GROUP BY organization_id)
    JOIN tasks USING (task_id) JOIN (SELECT document_id, key AS document_key FROM documents) USING (document_id)
) AS said USING (organization_id)
