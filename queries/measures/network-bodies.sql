-- title: 共同责任网络的机构
-- title (en): The bodies of the co-responsibility graph
-- The numbers by which co-responsibility.sql names the bodies, in the order of their IRIs, and what they are called.
SELECT (row_number() OVER (ORDER BY iri))::INTEGER AS place, organization_id AS number, iri, coalesce(name, iri) AS label,
  region_code, region_name AS region_label, function_name AS function_label
FROM organizations WHERE kind <> 'generic' ORDER BY place
