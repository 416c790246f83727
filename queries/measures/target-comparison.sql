-- title: 目标与上位目标的对照
-- title (en): Targets beside those above them
-- Each target (child) beside each target for the same metric and year (parent) that a document of a region around it sets
-- (region-above), or that the same region's plan over a longer period sets (longer-plan). The verdict is weaker, equal or stronger
-- by the sign of difference = child - parent in their common unit and by which way is better; it is not-comparable where a ground
-- speaks against it, the first that holds in the order of the CASE below. docs/comparison.md has the grounds in words. Ours.
-- param verdicts: those wanted
-- param without: grounds of pairs that are left out
-- param metric: IRI of the metric that is compared; NULL: all
-- param region: code of the region whose targets are judged; NULL: all
-- param first_year, last_year: period of the documents whose targets are judged; NULL: all
-- param worst_first: 约束性 targets above first, then by difference / number above; else in reading order of the child
-- param top: rows at most; NULL: all
-- param ratios: IRIs of the base units that a whole and a part of it can share
-- param scope: words for a part
-- param filler, share, product, rise, fall, per, amount, change, against, span, range, growth, vague: patterns of seeds/comparison.toml
WITH named AS (
  SELECT name, regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(name,
    $filler, '', 'g'), $share, '率'), $product, 'GDP', 'g'), $rise, '增'), $fall, '降') AS form
  FROM (SELECT DISTINCT name FROM indicators)
),
measured AS (
  SELECT metric, coalesce(regexp_matches(metric_name, $per), false) AS per, coalesce(regexp_matches(metric_name, $amount), false) AS counted,
    coalesce(regexp_matches(metric_name, $change), false) AS changing
  FROM (SELECT DISTINCT metric, metric_name FROM indicators)
),
told AS MATERIALIZED (
  SELECT i.indicator_id, i.document_id, d.region_code, d.region_path, d.period_start, d.period_end, i.metric, i.metric_direction AS direction,
    i.year, i.comparator, i.value, i.normalized_value AS normal, i.normalized_unit AS base, i.baseline_year, form, per, changing,
    i.value IS NOT NULL AND i.kind IN ('quantitative', 'zero') AS numeric,
    i.kind = 'zero' AND i.normalized_value IS NULL AND i.unit_written IS NULL AS bare, -- 全部消除
    i.kind = 'zero' AND regexp_matches(i.as_written, $growth) AS still, -- 零增长: 0 more, not 0
    coalesce(i.comparator IN ('increase', 'decrease'), false) AS turns,
    counted AND i.normalized_unit IN ('http://qudt.org/vocab/unit/PERCENT', 'http://qudt.org/vocab/unit/PERMILLE') AS odd,
    coalesce(i.comparator = 'about', false) OR regexp_matches(i.as_written, $vague) AS vague,
    regexp_extract(i.as_written, $against) AS against, regexp_matches(i.as_written, $span) AS spanned, regexp_matches(i.as_written, $range) AS ranged,
    [word FOR word IN $scope IF contains(i.name || i.as_written, word)] AS parts
  FROM indicators i JOIN documents d USING (document_id) JOIN named USING (name) JOIN measured USING (metric)
  WHERE i.year IS NOT NULL AND d.region_code IS NOT NULL AND ($metric IS NULL OR metric = $metric)
),
-- a document that sets several numbers for one metric and year, under one name, means several things by it
several AS (
  SELECT document_id, metric, form, year, turns, base
  FROM told WHERE normal IS NOT NULL GROUP BY ALL HAVING count(DISTINCT normal) > 1
),
marked AS MATERIALIZED (
  SELECT told.*, several.metric IS NOT NULL AS several
  FROM told LEFT JOIN several USING (document_id, metric, form, year, turns, base)
),
around AS (
  SELECT indicator_id, metric, year, unnest(region_path) AS region_code, region_code AS own FROM told
),
pairs AS (
  SELECT around.indicator_id AS child_id, above.indicator_id AS parent_id, 'region-above' AS relation
  FROM around JOIN told above USING (metric, year, region_code)
  WHERE around.region_code <> around.own
  UNION ALL
  SELECT child.indicator_id, above.indicator_id, 'longer-plan'
  FROM told child JOIN told above USING (metric, year, region_code)
  WHERE above.period_start <= child.period_start AND above.period_end >= child.period_end
    AND (above.period_start < child.period_start OR above.period_end > child.period_end)
),
judged AS (
  SELECT child_id, parent_id, relation, c.normal - p.normal AS gap, c.turns OR c.direction = 'higher' AS more_is_better,
    CASE
      WHEN NOT c.numeric OR NOT p.numeric THEN 'no-number'
      WHEN c.still <> p.still AND NOT c.turns AND NOT p.turns THEN 'change-and-level'
      WHEN NOT (c.bare AND p.bare AND c.value = p.value) AND (c.normal IS NULL OR p.normal IS NULL) THEN 'unit-unknown'
      WHEN c.base <> p.base THEN 'unit-differs'
      WHEN NOT c.bare AND NOT list_contains($ratios, c.base) AND NOT c.per THEN 'amount'
      WHEN c.direction IS NULL THEN 'no-direction'
      WHEN c.turns <> p.turns THEN 'change-and-level'
      WHEN NOT c.turns AND c.odd THEN 'unit-unlike-metric'
      WHEN (c.turns OR c.changing OR c.still) AND (
          c.baseline_year IS DISTINCT FROM p.baseline_year OR c.against <> p.against OR c.spanned <> p.spanned
          OR c.baseline_year IS NULL AND c.against = '' -- then it is the year before the plans, if they are of one period
            AND NOT coalesce(c.period_start = p.period_start AND c.period_end = p.period_end, false)) THEN 'baseline'
      WHEN c.form <> p.form THEN 'name'
      WHEN c.parts <> p.parts THEN 'scope'
      WHEN c.ranged OR p.ranged THEN 'range'
      WHEN c.several OR p.several THEN 'several-values'
      WHEN c.vague <> p.vague THEN 'vague'
      WHEN c.direction = 'higher' AND (c.comparator IN ('at-most', 'below', 'decrease') OR p.comparator IN ('at-most', 'below', 'decrease'))
        OR c.direction = 'lower' AND (c.comparator IN ('at-least', 'above', 'increase') OR p.comparator IN ('at-least', 'above', 'increase'))
        THEN 'against-direction'
    END AS ground
  FROM pairs JOIN marked c ON c.indicator_id = child_id JOIN marked p ON p.indicator_id = parent_id
),
decided AS (
  SELECT child_id, parent_id, relation, ground, CASE WHEN ground IS NULL THEN coalesce(gap, 0) END AS difference,
    CASE
      WHEN ground IS NOT NULL THEN 'not-comparable'
      WHEN coalesce(gap, 0) = 0 THEN 'equal'
      WHEN (gap > 0) = more_is_better THEN 'stronger'
      ELSE 'weaker'
    END AS verdict
  FROM judged
)
SELECT relation, verdict, ground, difference, c.metric, c.metric_name, c.metric_direction AS direction, c.year, c.normalized_unit AS unit,
  c.iri AS child, c.task AS child_task, c.document AS child_document, cd.title AS child_title, cd.region_code AS child_region_code,
  cd.region_name AS child_region, c.name AS child_name, c.kind AS child_kind, c.comparator AS child_comparator,
  c.value_text AS child_value, c.unit_written AS child_unit, c.normalized_value AS child_normal, c.baseline_year AS child_baseline,
  c.binding AS child_binding, c.quote AS child_quote, c.quote_start AS child_start, c.quote_end AS child_end, c.file AS child_file,
  p.iri AS parent, p.task AS parent_task, p.document AS parent_document, pd.title AS parent_title, pd.region_code AS parent_region_code,
  pd.region_name AS parent_region, p.name AS parent_name, p.kind AS parent_kind, p.comparator AS parent_comparator,
  p.value_text AS parent_value, p.unit_written AS parent_unit, p.normalized_value AS parent_normal, p.baseline_year AS parent_baseline,
  p.binding AS parent_binding, p.quote AS parent_quote, p.quote_start AS parent_start, p.quote_end AS parent_end, p.file AS parent_file
FROM decided
JOIN indicators c ON c.indicator_id = child_id JOIN documents cd ON cd.document_id = c.document_id
JOIN indicators p ON p.indicator_id = parent_id JOIN documents pd ON pd.document_id = p.document_id
WHERE list_contains($verdicts, verdict) AND NOT coalesce(list_contains($without, ground), false)
  AND ($region IS NULL OR cd.region_code = $region)
  AND ($first_year IS NULL OR year(cd.period_start) = $first_year AND year(cd.period_end) = $last_year)
ORDER BY $worst_first AND p.binding IS DISTINCT FROM 'binding',
  CASE WHEN $worst_first THEN abs(difference) / nullif(abs(p.normalized_value), 0) END DESC NULLS LAST, child_id, parent_id, relation
LIMIT $top
