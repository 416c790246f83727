-- title: 上位政策的传递闭包
-- title (en): Ancestor policies
-- Every policy that a policy carries out, directly or through others.
SELECT below AS iri, above FROM policies_above WHERE above <> below ORDER BY iri, above
