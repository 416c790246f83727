-- title: 共同责任网络
-- title (en): The co-responsibility graph
-- Each two bodies that are named on the same tasks, with how many: the edges that communities and brokers are found in. Generic
-- bodies (各县（市、区）政府, 有关部门) are left out, since they would tie everybody together; 下同 does not count.
WITH bodies AS MATERIALIZED (
  SELECT organization_id, (row_number() OVER (ORDER BY iri))::INTEGER AS place FROM organizations WHERE kind <> 'generic'
),
named AS MATERIALIZED (  -- as in the view duties, without what is not needed here
  SELECT task_id, place FROM assignments JOIN bodies USING (organization_id)
  GROUP BY task_id, place HAVING NOT bool_or(inherited)
)
SELECT first.place AS a, second.place AS b, count(*) AS tasks
FROM named AS first JOIN named AS second ON first.task_id = second.task_id AND first.place < second.place
GROUP BY first.place, second.place
ORDER BY first.place, second.place
