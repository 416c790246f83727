-- title: 落实关系
-- title (en): Who carries out which policy
-- A row per document (or the plan that it issues) and policy that it names as its basis, itself left out.
SELECT document AS iri, policy FROM bases
UNION SELECT issues, policy FROM bases WHERE issues <> policy
