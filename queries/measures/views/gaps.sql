-- title: 缺口
-- title (en): Gaps
-- What tasks and indicators leave open, a row per gap. The kinds are defined in ontology/schemes.ttl (scheme:gap); queries/derive/
-- gaps-of-tasks.rq and gaps-of-indicators.rq say the same in SPARQL, and a test compares.
-- Bodies are those that a task itself names and that are identified; inherited ones (下同) are none of its own. Safeguards (保障措施)
-- need neither lead nor indicator nor deadline. A dated completion (milestone) has no value to miss, and nothing (zero) needs no unit.
-- A deadline is missing only where the document's period is unknown or longer than a year, and no date is said or implied.
-- MATERIALIZED: DuckDB 2.0.0 ends with an internal error (dictionary caching of a hash join) where it inlines these for few documents.
WITH held AS (
    SELECT
        assignments.*,
        kind IS NOT DISTINCT FROM 'generic' OR vague OR collective AS generic,
        kind IS NOT DISTINCT FROM 'collaboration' AS grouped
    FROM assignments LEFT JOIN organizations USING (organization_id)
),
bodies AS MATERIALIZED (
    SELECT task_id, max(bodies) AS bodies FROM duties GROUP BY task_id
),
names AS (
    SELECT
        task_id,
        list(unit_written ORDER BY place) AS named,
        list(unit_written ORDER BY place) FILTER (unknown) AS unknown,
        list(unit_written ORDER BY place) FILTER (heads) AS heads
    FROM (
        SELECT
            task_id, unit_written, min(position) AS place, bool_or(organization_id IS NULL) AS unknown,
            bool_or(role = 'lead' AND NOT inherited) AS heads
        FROM held GROUP BY ALL
    )
    GROUP BY ALL
),
counted AS MATERIALIZED (
    SELECT
        task_id,
        count(*) FILTER (NOT vague) = 0 AS all_vague,
        count(*) FILTER (NOT generic) = 0 AS all_generic,
        count(*) FILTER (NOT grouped) = 0 AS all_grouped,
        count(*) FILTER (role <> 'support') = 0 AS all_support,
        count(*) FILTER (organization_id IS NULL) > 0 AS any_unknown,
        count(*) FILTER (role = 'lead') AS lead_duties,
        count(DISTINCT coalesce(organization, unit_written)) FILTER (role = 'lead' AND NOT inherited) AS leads
    FROM held GROUP BY ALL
),
targets AS MATERIALIZED (
    SELECT task_id, count(*) AS targets, count(*) FILTER (year IS NOT NULL AND coalesce(year_stated, true)) AS dated FROM indicators WHERE task_id IS NOT NULL GROUP BY ALL
),
open_tasks AS (
    SELECT
        task_id,
        coalesce(bodies, 0) AS bodies,
        coalesce(leads, 0) AS leads,
        named, unknown, heads,
        unnest([
            CASE WHEN counted.task_id IS NULL THEN if(measure, 'measure-without-unit', 'no-unit') END,
            CASE WHEN all_vague THEN 'vague-only' WHEN all_generic THEN 'collective-only' WHEN all_grouped THEN 'group-only' END,
            CASE WHEN all_support AND NOT all_vague THEN 'support-only' END,
            CASE WHEN any_unknown THEN 'unknown-unit' END,
            CASE WHEN bodies > 1 AND lead_duties = 0 AND NOT measure THEN if(joint, 'no-lead-joint', 'no-lead') END,
            CASE WHEN leads > 1 THEN 'several-leads' END,
            CASE WHEN targets IS NULL AND NOT measure THEN 'no-indicator' END,
            CASE
                WHEN due_kind IS NULL AND coalesce(dated, 0) = 0 AND NOT measure
                    AND coalesce(year(period_end) > year(period_start), true) THEN 'no-deadline'
            END
        ]) AS kind
    FROM tasks
    JOIN documents USING (document_id)
    LEFT JOIN counted USING (task_id)
    LEFT JOIN bodies USING (task_id)
    LEFT JOIN names USING (task_id)
    LEFT JOIN targets USING (task_id)
),
open_indicators AS (
    SELECT
        indicator_id,
        unnest([
            CASE
                WHEN value IS NULL AND kind <> 'milestone' THEN 'indicator-without-value'
                WHEN value IS NOT NULL AND unit_written IS NULL AND kind = 'quantitative' THEN 'indicator-without-unit'
            END,
            CASE WHEN year IS NULL AND kind IN ('quantitative', 'zero', 'placeholder') THEN 'indicator-without-year' END
        ]) AS gap
    FROM indicators
)
SELECT
    open_tasks.kind, documents.document_id, documents.iri AS document, documents.key AS document_key, documents.title AS document_title,
    task_id, tasks.iri AS task, tasks.position AS place, tasks.number, tasks.title, NULL AS indicator_id, NULL AS indicator_position, NULL AS indicator,
    NULL AS name, NULL AS detail,
    CASE WHEN open_tasks.kind = 'several-leads' THEN leads ELSE bodies END AS count,
    CASE open_tasks.kind WHEN 'unknown-unit' THEN unknown WHEN 'several-leads' THEN heads ELSE named END AS names,
    quote, quote_start, quote_end, rule,
    list_filter(justified, lambda reason: reason.kind = open_tasks.kind)[1] AS justified
FROM open_tasks
JOIN tasks USING (task_id)
JOIN documents USING (document_id)
WHERE open_tasks.kind IS NOT NULL
UNION ALL BY NAME
SELECT
    gap AS kind, documents.document_id, documents.iri AS document, documents.key AS document_key, documents.title AS document_title,
    indicators.task_id, tasks.iri AS task, coalesce(tasks.position, 0) AS place, tasks.number, coalesce(tasks.title, name) AS title,
    indicator_id, indicators.position AS indicator_position, indicators.iri AS indicator, name, indicators.kind AS detail, indicators.quote, indicators.quote_start,
    indicators.quote_end, indicators.rule, list_filter(indicators.justified, lambda reason: reason.kind = gap)[1] AS justified
FROM open_indicators
JOIN indicators USING (indicator_id)
JOIN documents USING (document_id)
LEFT JOIN tasks ON tasks.task_id = indicators.task_id
WHERE gap IS NOT NULL
