-- title: 文件的位次
-- title (en): Places of documents
-- In their order; $step lies between two of them, so that each task and each indicator has a place of its own.
SELECT iri, $step * place AS sequence FROM document_places ORDER BY place
