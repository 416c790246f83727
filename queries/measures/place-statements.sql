-- title: 任务和指标的位次
-- title (en): Places of tasks and indicators
-- In reading order: the indicators of a task behind it, those outside the tasks last. due_sequence: the place among all that is
-- due, the earliest first and then in reading order.
WITH
    statements AS (
        SELECT iri, document_id, position AS line, 0 AS behind, due_date FROM tasks
        UNION ALL
        SELECT indicators.iri, indicators.document_id, tasks.position, indicators.position, indicators.due_date
        FROM indicators LEFT JOIN tasks USING (task_id)
    ),
    placed AS (
        SELECT statements.iri, due_date,
            $step * place + row_number() OVER (PARTITION BY document_id ORDER BY line NULLS LAST, behind, statements.iri) AS sequence
        FROM statements JOIN document_places USING (document_id)
    )
SELECT iri, sequence, CASE WHEN due_date IS NOT NULL THEN
    row_number() OVER (PARTITION BY due_date IS NULL ORDER BY due_date, sequence)
END AS due_sequence
FROM placed ORDER BY sequence
