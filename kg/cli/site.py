"""The verb that writes the explorer's pages as a folder of files."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path

from kg.cli import show
from kg.cli.arguments import read_count
from kg.machine import count_processors

FINE = 0
EXAMPLES = (
    "zeren site",
    "zeren site --to U盘/责任图谱 --lang zh",
    "zeren site --to site --force",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `zeren site` takes."""
    add = parser.add_argument
    add("--to", type=Path, metavar="DIR", help="the folder, which must not be there yet or be empty (default: site in --out)")
    add("--lang", choices=("zh", "en", "both"), default="both", help="language of the pages (default: both)")
    pages = "about how many pages in each language (default: 6000); screens whose pages would be too many are left out, and named"
    add("--pages", type=read_count, metavar="N", help=pages)
    add("--jobs", type=read_count, metavar="N", help="processes that write where there are many pages (default: one a processor)")
    add("--force", action="store_true", help="replace a folder that `zeren site` made")


def site(options: Namespace) -> int:
    """Write the pages."""
    from kg import store
    from kg.explorer import Snapshot
    from viz.pages.words import words_of
    from viz.site import LANGUAGES, MOST, write_site

    target = options.to or options.out / "site"
    langs = LANGUAGES if options.lang == "both" else (options.lang,)
    with show.progress() as progress:
        snapshot = Snapshot(store.current(options.out))
        made = write_site(
            snapshot,
            target,
            langs,
            most=options.pages or MOST,
            jobs=options.jobs or count_processors(),
            force=options.force,
            **({"tell": progress} if progress else {}),
        )
        snapshot.close()
    words = words_of("server", "zh")
    for left in made.left:
        name = words.get(f"screen_{left.screen}", words["screen_other"])
        show.note(f"没有写入 {left.pages:,} 个{name}：总数会超过 {options.pages or MOST:,} 页（--pages N 可以改）")
    size = f"{made.pages:,} 个页面，{made.files:,} 个文件，{made.size / 1e6:,.1f} MB"
    print(f"已写入 {made.folder}：{size}；打开 {made.folder / 'index.html'}")
    return FINE
