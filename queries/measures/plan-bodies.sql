-- title: 任务的责任单位
-- title (en): Who is named on the tasks of some documents
-- formula: one row per assignment; a body that was merged or renamed is found again by successor_id
SELECT assignments.document_id AS document, task_id AS task, organization_id AS id, organization AS iri, role, assignments.iri AS assignment,
    coalesce(organizations.name, unit_written) AS name, unit_written AS written, inherited, assignments.quote,
    organizations.kind, organizations.function, organizations.function_name
FROM assignments LEFT JOIN organizations USING (organization_id)
WHERE assignments.document_id IN (SELECT unnest($documents))
ORDER BY assignments.document_id, task_id, assignments.position, assignments.iri
