-- title: 指标名的覆盖面
-- title (en): Coverage of a metric
-- How many documents and regions set targets for a metric with a year, how many targets, and from which year to which.
-- place: most documents first, then most targets.
SELECT *, row_number() OVER (ORDER BY documents DESC, targets DESC, iri) AS place
FROM (
    SELECT metric AS iri, count(DISTINCT document_id) AS documents, count(DISTINCT region_code) AS regions, count(*) AS targets,
        min(indicators.year) AS first_year, max(indicators.year) AS last_year
    FROM indicators JOIN documents USING (document_id)
    WHERE metric IS NOT NULL AND indicators.year IS NOT NULL
    GROUP BY metric
)
ORDER BY place
