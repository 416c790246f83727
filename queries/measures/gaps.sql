-- title: 缺口清单
-- title (en): List of gaps
-- The gaps of the kinds $kinds, in the order of the kinds and then of reading; views/gaps.sql says what a gap is.
SELECT * FROM gaps WHERE list_contains($kinds, kind)
ORDER BY list_position($kinds, kind), document, place, indicator_position, coalesce(indicator_id, 0)
