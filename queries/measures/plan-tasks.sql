-- title: 文件里的任务
-- title (en): The tasks of some documents, with the places of the bodies' names in their words
-- formula: tasks without safeguards (保障措施); spans are the places of the bodies' names, as offsets in the pinned text
SELECT task_id AS id, tasks.document_id AS document, tasks.iri, tasks.number, tasks.title, tasks.path, tasks.quote,
    tasks.quote_start AS start, tasks.quote_end AS "end",
    list([assignments.quote_start, assignments.quote_end] ORDER BY assignments.quote_start, assignments.quote_end)
        FILTER (assignments.quote_start >= tasks.quote_start AND assignments.quote_end <= tasks.quote_end) AS spans
FROM tasks LEFT JOIN assignments USING (task_id)
WHERE tasks.document_id IN (SELECT unnest($documents)) AND NOT measure
GROUP BY ALL
ORDER BY tasks.document_id, any_value(tasks.position), tasks.iri
