-- title: 总数
-- title (en): What there is in all
-- Safeguards (保障措施) are counted apart; organizations are bodies on at least one task, groups of bodies and vague ones left out.
SELECT
    (SELECT count(*) FROM documents) AS documents,
    (SELECT count(*) FROM tasks WHERE NOT measure) AS tasks,
    (SELECT count(*) FROM tasks WHERE measure) AS measures,
    (SELECT count(DISTINCT organization_id) FROM duties JOIN organizations USING (organization_id) WHERE kind <> 'generic')
        AS organizations,
    (SELECT count(*) FROM indicators) AS indicators
