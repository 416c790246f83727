"""Puts the front-end code of others into the wheel; without Node.js and network the wheel is made without it, with a word."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs ``viz/web/bundle.py`` before a wheel, an editable install or a source archive is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is not there yet, and let it into the archive although git ignores it."""
        place = Path(self.root, "viz", "web", "bundle.py")
        spec = importlib.util.spec_from_file_location("zeren_bundle", place)
        assert spec is not None
        assert spec.loader is not None
        bundle = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = bundle
        spec.loader.exec_module(bundle)
        try:
            bundle.fetch()
        except bundle.NotFetchedError as error:
            self.app.display_warning(f"made without the SPARQL editor, its page will be a plain form: {error}")
        build_data["artifacts"].append("viz/static/vendor/*")
