-- title: 任务与主体
-- title (en): Duties
-- A row per task and identified body on it. named: the task names it itself; else it only inherits the task (下同), and is in no
-- role. bodies: how many the task names itself.
SELECT
    document_id, task_id, organization_id, NOT passed_on AS named,
    NOT passed_on AND lead AS led, NOT passed_on AND responsible AS responsible, NOT passed_on AND support AS supported,
    count(*) FILTER (NOT passed_on) OVER (PARTITION BY task_id) AS bodies
FROM (
    SELECT document_id, task_id, organization_id, bool_or(inherited) AS passed_on, bool_or(role = 'lead') AS lead,
        bool_or(role = 'responsible') AS responsible, bool_or(role = 'support') AS support
    FROM assignments WHERE organization_id IS NOT NULL GROUP BY document_id, task_id, organization_id
)
