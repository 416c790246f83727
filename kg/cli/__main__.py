"""``python -m kg.cli``: the command where it is not on the path."""

import sys

from kg.cli import main

sys.exit(main())
