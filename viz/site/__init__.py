"""The pages of the explorer as a folder of files, for a disk without a server."""

from viz.site.write import LANGUAGES, MOST, Site, write_site

__all__ = ["LANGUAGES", "MOST", "Site", "write_site"]
