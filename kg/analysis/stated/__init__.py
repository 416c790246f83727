"""The measures as triples of the derived graph: a module for each family of them."""
