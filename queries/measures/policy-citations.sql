-- title: 一项政策的引文
-- title (en): Where a policy is cited
-- Every place that names a policy as basis, in reading order, with its words: what the figures on the policy count.
-- param policy: IRI of the policy
SELECT c.iri AS citation, c.document, d.title AS document_title, c.task, t.title AS task_title, t.number AS task_number, c.quote,
  c.quote_start AS start, c.quote_end AS "end", c.file
FROM citations c JOIN documents d USING (document_id) LEFT JOIN tasks t ON t.task_id = c.task_id
WHERE c.relation = 'basis' AND c.policy = $policy AND c.policy <> c.document
ORDER BY c.citation_id
