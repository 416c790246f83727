-- title: 机构改革的承接
-- title (en): Which body took over from which in a reform
-- formula: one row per body that was merged or renamed and whose successor is known
SELECT organization_id AS id, successor_id AS successor FROM organizations WHERE successor_id IS NOT NULL ORDER BY id
