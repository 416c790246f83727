-- title: 上位政策
-- title (en): Policies above
-- A row per policy (below) and policy that it carries out (above), directly or through others.
WITH RECURSIVE steps AS (SELECT iri AS below, policy AS above FROM carried_out),
ways AS (
  SELECT below, above FROM steps
  UNION SELECT ways.below, steps.above FROM ways JOIN steps ON steps.below = ways.above
)
SELECT below, above FROM ways
