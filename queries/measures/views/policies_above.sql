-- title: 上位政策
-- title (en): Policies above
-- A row per policy (below) and policy that it carries out (above), directly or through others: its text, anywhere, names it as a
-- basis; a notice speaks for the plan that it issues.
WITH RECURSIVE steps AS (
  SELECT document AS below, policy AS above FROM bases
  UNION SELECT issues, policy FROM bases WHERE issues <> policy
),
ways AS (
  SELECT below, above FROM steps
  UNION SELECT ways.below, steps.above FROM ways JOIN steps ON steps.below = ways.above
)
SELECT below, above FROM ways
