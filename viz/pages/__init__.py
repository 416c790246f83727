"""What a browser sees of the endpoint: the page for questions at ``/sparql``, and a page for every thing of the graph.

    serve(settings, announce, routes=make_routes(), page=sparql_page, beside=[keep_warm])

Pages ask the graph through the endpoint's workers only, need no script where a form and a table can do, and load nothing
from elsewhere.
"""

from viz.pages.routes import make_routes
from viz.pages.sparql import sparql_page
from viz.pages.warm import keep_warm

__all__ = ["keep_warm", "make_routes", "sparql_page"]
