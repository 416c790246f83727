-- title: 缺口所在的总数
-- title (en): Among how many gaps are looked for
-- Tasks, safeguards among them, and indicators.
SELECT
    (SELECT count(*) FROM tasks) AS tasks,
    (SELECT count(*) FROM tasks WHERE measure) AS measures,
    (SELECT count(*) FROM indicators) AS indicators
