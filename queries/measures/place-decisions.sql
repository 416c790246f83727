-- title: 未决判定的位次
-- title (en): Places of open decisions
-- Those of a document by kind, then the most frequent first, then by the words.
SELECT
    decisions.iri, document,
    $step * place
        + row_number() OVER (PARTITION BY document_id ORDER BY subject, coalesce(count, 1) DESC, mention, decisions.iri) AS sequence
FROM decisions JOIN document_places USING (document_id)
WHERE verdict IN ('ambiguous', 'unknown')
ORDER BY sequence
