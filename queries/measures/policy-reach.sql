-- title: 政策的覆盖面
-- title (en): Reach of a policy
-- How many documents carry out a policy themselves, how many directly or through another policy, how many tasks rest on it, and
-- how many bodies those tasks name. place: most documents first, then most tasks, then most reached.
WITH
    resting AS (SELECT task_id, policy FROM bases WHERE task_id IS NOT NULL),
    reach AS (
        SELECT reached.policy AS iri, coalesce(direct.n, 0) AS documents, reached.n AS reached, coalesce(tasks.n, 0) AS tasks,
            coalesce(bodies.n, 0) AS bodies
        FROM (
            SELECT above AS policy, count(*) AS n FROM policies_above WHERE below IN (SELECT iri FROM documents) GROUP BY above
        ) AS reached
        LEFT JOIN (
            SELECT policy, count(*) AS n FROM carried_out WHERE iri IN (SELECT iri FROM documents) GROUP BY policy
        ) AS direct USING (policy)
        LEFT JOIN (SELECT policy, count(*) AS n FROM resting GROUP BY policy) AS tasks USING (policy)
        LEFT JOIN (
            SELECT policy, count(DISTINCT organization_id) AS n FROM resting JOIN duties USING (task_id) WHERE named GROUP BY policy
        ) AS bodies USING (policy)
    )
SELECT *, row_number() OVER (ORDER BY documents DESC, tasks DESC, reached DESC, iri) AS place FROM reach ORDER BY place
