-- title: 缺口数
-- title (en): Number of gaps
-- How many gaps of each kind there are, and for how many of them a person gave the reason.
SELECT kind, count(*) AS count, count(justified) AS justified FROM gaps GROUP BY kind ORDER BY kind
