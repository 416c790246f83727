-- title: 落实关系
-- title (en): Who carries out which policy
-- A row per document (or the plan that it issues) and policy that it names as its basis, itself left out.
SELECT DISTINCT iri, policy
FROM (
    SELECT document AS iri, policy FROM citations WHERE relation = 'basis' AND policy <> document
    UNION ALL
    SELECT documents.issues, citations.policy
    FROM citations JOIN documents USING (document_id)
    WHERE relation = 'basis' AND policy <> document AND policy <> issues
)
