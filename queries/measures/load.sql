-- title: 负荷与超负荷
-- title (en): Load and overload
-- A row per body and period; an empty period is all documents together. Robust z within the region and period:
-- z = 0.6745 (x − median) / MAD, MAD = median |x − median| (Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers); where
-- MAD = 0, z = (x − median) / (1.253314 · mean |x − median|), √(π/2) = 1.253314. From $overloaded on it is overloaded, from $heavy
-- on heavy; among fewer than $fewest organizations nobody is judged. Peers are the bodies of the same function and kind everywhere.
WITH
    bodies AS (  -- as numbers; their words are joined at the end, since windows copy all that goes through them
        SELECT organization_id, row_number() OVER (ORDER BY iri) AS place_of_iri, dense_rank() OVER (ORDER BY region_code) AS home,
            dense_rank() OVER (ORDER BY function, kind) AS sort, function IS NOT NULL AS has_function
        FROM organizations
    ),
    judged AS (
        SELECT *, count(*) OVER alike AS around, median(shares) OVER alike AS middle, rank() OVER (alike ORDER BY shares DESC) AS rank
        FROM loads JOIN bodies USING (organization_id)
        WINDOW alike AS (PARTITION BY compared, home, first_year, last_year)
    ),
    spread AS (
        SELECT *, median(abs(shares - middle)) OVER alike AS mad, avg(abs(shares - middle)) OVER alike AS mean
        FROM judged WINDOW alike AS (PARTITION BY compared, home, first_year, last_year)
    ),
    scored AS (
        SELECT *,
            CASE
                WHEN NOT compared OR around < $fewest THEN NULL
                WHEN mad > 0 THEN floor(0.6745e0 * (shares - middle) / mad * 100 + 0.5 + 1e-9) / 100
                WHEN mean > 0 THEN floor((shares - middle) / (1.253314e0 * mean) * 100 + 0.5 + 1e-9) / 100
                ELSE 0.0
            END AS score,
            has_function AND tasks > 0 AS has_peers
        FROM spread
    ),
    beside AS (
        SELECT *, count(*) OVER peers AS peer_count, median(shares) OVER peers AS peer_middle,
            rank() OVER (peers ORDER BY shares DESC) AS place_of_peers
        FROM scored WINDOW peers AS (PARTITION BY has_peers, sort, first_year, last_year)
    ),
    placed AS (
        SELECT *, row_number() OVER (PARTITION BY first_year, last_year ORDER BY tasks DESC, shares DESC, place_of_iri) AS place
        FROM beside
    )
SELECT
    organization_id, iri AS organization, key, coalesce(name, iri) AS label, kind, region_code, region_name AS region_label, function,
    function_name AS function_label, first_year, last_year, tasks, led, responsible, supported,
    shares / 10000 AS shared_load, indicators, binding_indicators, inherited, documents, score,
    CASE
        WHEN NOT compared THEN 'not judged'
        WHEN around < $fewest THEN 'too few to judge'
        WHEN score >= $overloaded THEN 'overloaded'
        WHEN score >= $heavy THEN 'heavy'
        ELSE 'normal'
    END AS verdict,
    CASE WHEN compared THEN rank END AS rank,
    CASE WHEN has_peers THEN place_of_peers END AS peer_rank,
    CASE WHEN has_peers THEN peer_count ELSE 0 END AS peers,
    CASE WHEN has_peers THEN floor(peer_middle + 0.5) / 10000 END AS peer_median,
    place
FROM placed JOIN organizations USING (organization_id)
ORDER BY first_year NULLS FIRST, last_year NULLS FIRST, place
