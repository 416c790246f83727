-- title: 缺原文的上位政策
-- title (en): Cited policies whose text is missing
-- What to fetch first: policies that some text names as its basis while neither their text nor that of the notice which issues
-- them is in the graph. tasks = tasks_direct (the policy stands in their own sentence), all tasks of the documents that name it
-- outside their tasks, and those that hang on it through another policy, each once; the words are those of the first citation in
-- reading order, issuer and number those most often written.
-- param region: code of the region whose documents count; NULL: all
-- param first_year, last_year: period of the documents that count; NULL: all
-- param top: rows at most; NULL: all
WITH texts AS (SELECT iri AS policy FROM documents UNION SELECT issues FROM documents WHERE issues IS NOT NULL),
seen AS MATERIALIZED (
  SELECT document_id FROM documents
  WHERE ($region IS NULL OR region_code = $region)
    AND ($first_year IS NULL OR year(period_start) = $first_year AND year(period_end) = $last_year)
),
stated AS MATERIALIZED (SELECT bases.* FROM bases SEMI JOIN seen USING (document_id)),
missing AS MATERIALIZED (SELECT DISTINCT policy FROM stated ANTI JOIN texts USING (policy)),
rests AS MATERIALIZED (
  SELECT document_id, task_id, policy, true AS direct FROM stated SEMI JOIN missing USING (policy)
  UNION ALL
  SELECT document_id, task_id, above, false FROM stated JOIN policies_above ON below = stated.policy
    SEMI JOIN missing ON missing.policy = above
),
resting AS (
  SELECT policy, task_id, direct FROM rests WHERE task_id IS NOT NULL
  UNION ALL SELECT policy, tasks.task_id, false FROM rests JOIN tasks USING (document_id) WHERE rests.task_id IS NULL
),
counted AS (
  SELECT policy, count(DISTINCT task_id) AS tasks, count(DISTINCT task_id) FILTER (direct) AS tasks_direct,
    list(DISTINCT tasks.iri ORDER BY tasks.iri) FILTER (direct) AS task_iris
  FROM resting JOIN tasks USING (task_id) GROUP BY policy
),
cited AS (
  SELECT citations.* FROM citations SEMI JOIN missing USING (policy) SEMI JOIN seen USING (document_id)
  WHERE relation = 'basis' AND policy <> document
),
spread AS (
  SELECT policy, count(DISTINCT document_id) AS documents, count(DISTINCT region_code) AS regions, min(citation_id) AS first_id
  FROM cited JOIN documents USING (document_id) GROUP BY policy
),
issuers AS (
  SELECT policy, arg_max(issuer_written, (n, issuer_written)) AS issuer
  FROM (SELECT policy, issuer_written, count(*) AS n FROM cited WHERE issuer_written IS NOT NULL GROUP BY ALL) GROUP BY policy
),
numbers AS (
  SELECT policy, arg_max(number_written, (n, number_written)) AS number
  FROM (SELECT policy, number_written, count(*) AS n FROM cited WHERE number_written IS NOT NULL GROUP BY ALL) GROUP BY policy
)
SELECT spread.policy, coalesce(c.policy_title, c.title_written) AS title, coalesce(c.policy_number, numbers.number) AS number,
  c.policy_level AS level, issuers.issuer, coalesce(tasks, 0) AS tasks, coalesce(tasks_direct, 0) AS tasks_direct, documents, regions,
  c.iri AS citation, c.document, d.title AS document_title, c.task, c.quote, c.quote_start AS start, c.quote_end AS "end", c.file,
  coalesce(task_iris, []) AS task_iris
FROM spread LEFT JOIN counted USING (policy) LEFT JOIN issuers USING (policy) LEFT JOIN numbers USING (policy)
JOIN citations c ON c.citation_id = spread.first_id JOIN documents d ON d.document_id = c.document_id
ORDER BY tasks DESC, tasks_direct DESC, documents DESC, spread.policy LIMIT $top
