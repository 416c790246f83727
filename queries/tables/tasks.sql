-- title: 任务表
-- title (en): The table of tasks
-- A row per task with all that its table shows, filters and sorts by. Bodies stand in the role that views/duties.sql gives them; those
-- that are not identified, in the role of the assignment. '-' is what the text does not say. $base is that of the IRIs.
WITH
    places AS (
        SELECT task_id, organization_id, min(position) AS position FROM assignments GROUP BY ALL
    ),
    borne AS (
        SELECT task_id, position, key, coalesce(name, key) AS name, function, led AS lead, responsible, supported AS support, NOT named AS inherited
        FROM duties JOIN organizations USING (organization_id) JOIN places USING (task_id, organization_id)
        UNION ALL
        SELECT task_id, min(position), NULL, unit_written, NULL, bool_or(role = 'lead' AND NOT inherited),
            bool_or(role = 'responsible' AND NOT inherited), bool_or(role = 'support' AND NOT inherited), bool_and(inherited)
        FROM assignments WHERE organization_id IS NULL GROUP BY task_id, unit_written
    ),
    bodies AS (
        SELECT
            task_id, count(*) AS bodies,
            list({name: name, key: key} ORDER BY position, name, key) FILTER (lead) AS lead,
            list({name: name, key: key} ORDER BY position, name, key) FILTER (responsible) AS responsible,
            list({name: name, key: key} ORDER BY position, name, key) FILTER (support) AS support,
            list({name: name, key: key} ORDER BY position, name, key) FILTER (inherited) AS inherited,
            list({key: key, lead: lead, responsible: responsible, support: support, inherited: inherited} ORDER BY key)
                FILTER (key IS NOT NULL) AS duties,
            list(DISTINCT key ORDER BY key) FILTER (key IS NOT NULL) AS departments,
            list(DISTINCT function ORDER BY function) FILTER (function IS NOT NULL) AS functions,
            list_filter(
                [if(bool_or(lead), 'lead', NULL), if(bool_or(responsible), 'responsible', NULL), if(bool_or(support), 'support', NULL),
                if(bool_or(inherited), 'inherited', NULL)], lambda role: role IS NOT NULL
            ) AS roles,
            string_agg(name, ' ' ORDER BY position, name) AS names
        FROM borne GROUP BY task_id
    ),
    targets AS (
        SELECT task_id, count(*) AS indicators FROM indicators WHERE task_id IS NOT NULL GROUP BY task_id
    ),
    named AS (
        SELECT task_id, list(DISTINCT substr(policy, len($base) + 11) ORDER BY substr(policy, len($base) + 11)) AS policies
        FROM citations WHERE task_id IS NOT NULL AND policy IS NOT NULL AND relation <> 'self' GROUP BY task_id
    ),
    found AS (
        SELECT task_id, list(DISTINCT kind ORDER BY kind) AS findings FROM gaps WHERE task_id IS NOT NULL GROUP BY task_id
    )
SELECT
    task_id AS id, document_id, tasks.position AS place, substr(tasks.iri, len($base) + 9) AS key, tasks.number, tasks.title,
    documents.key AS document_key, documents.title AS document,
    coalesce(documents.region_code, '-') AS region_code, documents.region_name AS region,
    coalesce(concat(year(period_start), '-', year(period_end)), '-') AS period_code,
    year(period_start) AS first_year, year(period_end) AS last_year,
    replace(coalesce(tasks.path[1], '-'), ',', '，') AS section, array_to_string(tasks.path, ' › ') AS path,
    if(measure, 'safeguard', 'task') AS kind,
    coalesce(lead, []) AS lead, coalesce(responsible, []) AS responsible, coalesce(support, []) AS support,
    coalesce(inherited, []) AS inherited, coalesce(bodies, 0) AS bodies, coalesce(duties, []) AS duties,
    coalesce(departments, []) AS departments, coalesce(functions, ['-']) AS functions, coalesce(roles, ['-']) AS roles,
    if(len(coalesce(lead, [])) > 0, 'yes', 'no') AS has_lead, if(coalesce(indicators, 0) > 0, 'yes', 'no') AS has_indicator,
    coalesce(indicators, 0) AS indicators, coalesce(policies, []) AS policies, coalesce(findings, ['-']) AS findings,
    due_date, due_text,
    CASE WHEN due_kind IN ('recurring', 'continuous') THEN due_kind ELSE coalesce(year(due_date)::VARCHAR, '-') END AS due_year,
    tasks.quote, documents.key AS quote_document, tasks.quote_start, tasks.quote_end, tasks.page, tasks.rule, tasks.file,
    lower(concat_ws(' ', tasks.number, tasks.text, tasks.quote, array_to_string(tasks.path, ' '), documents.title, names)) AS words
FROM tasks
JOIN documents USING (document_id)
LEFT JOIN bodies USING (task_id)
LEFT JOIN targets USING (task_id)
LEFT JOIN named USING (task_id)
LEFT JOIN found USING (task_id)
