-- title: 政策表
-- title (en): The table of policies
-- A row per policy that some text names, and per document of the graph; what hangs on it comes from the measure of parent policies.
-- A document that names itself does not count. The words are those that name it first. $base is that of the IRIs.
WITH
    cited AS (
        SELECT
            policy, count(DISTINCT citations.document_id) AS documents, count(DISTINCT task_id) AS tasks, count(*) AS citations,
            list(DISTINCT relation ORDER BY relation) AS relations, min(policy_title) AS title, min(policy_number) AS number,
            min(policy_level) AS level, mode(citations.issuer_written ORDER BY citations.issuer_written) AS issuer,
            list(DISTINCT coalesce(region_code, '-') ORDER BY coalesce(region_code, '-')) AS regions,
            min_by(citations, citation_id) AS first
        FROM citations JOIN documents USING (document_id)
        WHERE policy IS NOT NULL AND relation <> 'self' GROUP BY policy
    ),
    here AS (
        SELECT iri AS policy, key, title, number, issuer_written, region_level, region_name, year(date) AS year, kind FROM documents
    ),
    notices AS (SELECT DISTINCT issues AS policy FROM documents WHERE issues IS NOT NULL)
SELECT
    row_number() OVER (ORDER BY coalesce(cited.policy, here.policy)) AS id, substr(coalesce(cited.policy, here.policy), len($base) + 11) AS key,
    coalesce(here.title, cited.title, '') AS title, coalesce(here.number, cited.number) AS number,
    coalesce(here.issuer_written, cited.issuer) AS issuer, coalesce(here.region_level, cited.level, 'unknown') AS level,
    if(here.policy IS NOT NULL, 'yes', if(notices.policy IS NOT NULL, 'notice', 'no')) AS here,
    coalesce(cited.relations, ['-']) AS relations, coalesce(cited.regions, ['-']) AS citing,
    coalesce(cited.documents, 0) AS documents, coalesce(cited.tasks, 0) AS tasks, coalesce(cited.citations, 0) AS citations,
    coalesce(reach.documents_reached, 0) AS documents_reached, coalesce(reach.tasks_reached, 0) AS tasks_reached,
    coalesce(reach.bodies_reached, 0) AS bodies_reached, coalesce(reach.regions, 0) AS regions_reached, here.key AS document_key, here.kind AS kind,
    first.quote AS quote, documents.key AS quote_document, first.quote_start AS quote_start, first.quote_end AS quote_end,
    first.page AS page, first.rule AS rule, first.file AS file,
    lower(concat_ws(' ', here.title, cited.title, here.number, cited.number, here.issuer_written, cited.issuer)) AS words
FROM cited
FULL JOIN here ON here.policy = cited.policy
LEFT JOIN notices ON notices.policy = coalesce(cited.policy, here.policy)
LEFT JOIN (
    SELECT policy AS of, documents AS direct, reached AS documents_reached, tasks_reached, bodies_reached, regions FROM ({reach})
) AS reach ON reach.of = coalesce(cited.policy, here.policy)
LEFT JOIN documents ON documents.document_id = first.document_id
