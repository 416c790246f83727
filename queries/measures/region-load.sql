-- title: 地区负荷分布
-- title (en): How the load lies in a region
-- A row per region and period; an empty period is all documents together. Over the shared loads x of its organizations:
-- Gini = Σ (2i − n − 1) xᵢ / (n Σ x), x in ascending order, i from 1 (Gini 1912): 0 all bear the same, towards 1 one bears all.
-- top_share: what the three with most bear of it all.
WITH
    compared AS (
        SELECT region_code, region_name, first_year, last_year, organization_id, shares, count(*) OVER alike AS n,
            median(shares) OVER alike AS middle, row_number() OVER (alike ORDER BY shares, organization_id) AS i
        FROM loads JOIN organizations USING (organization_id)
        WHERE compared
        WINDOW alike AS (PARTITION BY region_code, first_year, last_year)
    ),
    named AS (
        SELECT region_code, first_year, last_year, count(DISTINCT task_id) AS tasks
        FROM duties
        JOIN organizations USING (organization_id)
        JOIN (SELECT document_id, year(period_start) AS first_year, year(period_end) AS last_year FROM documents) AS periods
            USING (document_id)
        WHERE named AND kind = 'organization' AND region_code IS NOT NULL
        GROUP BY GROUPING SETS ((region_code), (region_code, first_year, last_year))
        HAVING grouping(first_year) = 1 OR (first_year IS NOT NULL AND last_year IS NOT NULL)
    ),
    laid AS (
        SELECT region_code, first(region_name) AS label, first_year, last_year, count(*) AS organizations, first(middle) AS middle,
            median(abs(shares - middle)) AS mad, sum((2 * i - n - 1) * shares)::HUGEINT AS uneven,
            (count(*) * sum(shares))::HUGEINT AS whole, sum(shares) FILTER (i > n - 3)::HUGEINT AS top, sum(shares)::HUGEINT AS total
        FROM compared GROUP BY region_code, first_year, last_year
    )
SELECT
    laid.region_code, label, laid.first_year, laid.last_year, organizations, tasks, floor(middle + 0.5) / 10000 AS median,
    floor(mad + 0.5) / 10000 AS mad,
    CASE WHEN whole > 0 THEN ((uneven * 20000 + whole) // (2 * whole)) / 10000 ELSE 0.0 END AS gini,
    CASE WHEN total > 0 THEN ((top * 20000 + total) // (2 * total)) / 10000 ELSE 0.0 END AS top_share,
    organizations >= $fewest AS judged
FROM laid
JOIN named
    ON named.region_code = laid.region_code AND named.first_year IS NOT DISTINCT FROM laid.first_year
    AND named.last_year IS NOT DISTINCT FROM laid.last_year
ORDER BY laid.first_year NULLS FIRST, laid.last_year NULLS FIRST, organizations DESC, laid.region_code
