"""The pages as a folder of files: whole, linked within itself, the same each time."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from kg.cli import main
from kg.errors import OutputError
from kg.explorer import Params, Snapshot
from viz.pages.links import file_of
from viz.pages.screen import Screen
from viz.site import Site, write_site
from viz.site.pages import SERVER, choose_pages

MOST = 300  # of the pages of the five documents: those of tasks are too many


@pytest.fixture(scope="module")
def site(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return write_site(snapshot, tmp_path_factory.mktemp("site") / "责任图谱", most=MOST)


def pages_of(site: Site) -> list[Path]:
    return sorted(site.folder.rglob("*.html"))


def links_of(page: Path) -> list[str]:
    found = re.findall(r"<(?:a|link|script|img|form)\b[^>]*?\s(?:href|src|action)=\"([^\"]*)\"", page.read_text("utf-8"))
    return [html.unescape(link) for link in found]


def test_every_link_leads_to_a_file_of_the_folder(site: Site) -> None:
    missing = set()
    for page in pages_of(site):
        for link in links_of(page):
            parts = urlsplit(link)
            assert not parts.scheme, (page.name, link)
            assert not parts.netloc, (page.name, link)
            assert not parts.path.startswith("/"), (page.name, link)
            if parts.path and not (page.parent / unquote(parts.path)).is_file():
                missing.add((page.relative_to(site.folder).as_posix(), link))
    assert not missing


def test_every_place_that_a_page_names_on_itself_is_there(site: Site) -> None:
    missing = set()
    for page in pages_of(site):
        text = page.read_text("utf-8")
        places = set(re.findall(r'\bid="([^"]*)"', text))
        missing |= {(page.name, link) for link in re.findall(r'<a\b[^>]*?\shref="#([^"]+)"', text) if unquote(link) not in places}
    assert not missing


def test_both_languages_have_the_same_pages(site: Site) -> None:
    names = {page.relative_to(site.folder).as_posix() for page in pages_of(site)}
    english = {name.removeprefix("en/") for name in names if name.startswith("en/")}
    assert english == {name for name in names if not name.startswith("en/")}
    assert len(english) == site.pages + 1  # and the one for what needs a server
    assert '<html lang="en">' in (site.folder / "en" / "index.html").read_text("utf-8")


def test_the_graph_is_there_and_shows_what_a_link_says(site: Site) -> None:
    assert 'href="graph.html"' in (site.folder / "index.html").read_text("utf-8")
    body = (site.folder / "en" / "department" / "130100" / "development-reform.html").read_text("utf-8")
    assert 'href="../../graph.html#v=ego&amp;c=org/130100/development-reform"' in body
    assert "org/130100/development-reform" in (site.folder / "graph.html").read_text("utf-8")


def test_figures_are_those_of_the_folder(site: Site) -> None:
    files = [path for path in site.folder.rglob("*") if path.is_file() and path.name != ".zeren-export"]
    assert (site.files, site.size) == (len(files), sum(path.stat().st_size for path in files))


def test_what_is_left_out_is_named_and_its_links_lead_on(site: Site, snapshot: Snapshot) -> None:
    tasks = next(snapshot.rows("SELECT count(*) AS n FROM tasks"))["n"]
    assert ("task", tasks) in [(left.screen, left.pages) for left in site.left]
    assert f"{tasks} 个任务页" in (site.folder / file_of(SERVER, "zh")).read_text("utf-8")
    assert not (site.folder / "task").exists()
    body = (site.folder / "department" / "130100" / "development-reform.html").read_text("utf-8")
    assert 'href="../../document/p-' in body
    assert "page=%2Ftask" in body


def test_nothing_runs_but_our_scripts(site: Site) -> None:
    for page in pages_of(site):
        text = page.read_text("utf-8")
        assert "Content-Security-Policy" in text
        scripts = re.findall(r"<script\b([^>]*)>", text)
        if page.name == "graph.html":  # one file for itself: its policy names each script by its hash
            assert re.findall(r"script-src [^;]*", html.unescape(text))[0].count("sha256-") == len(
                re.findall(r"^<script>", text, re.MULTILINE)
            )
            continue
        assert all(" src=" in one or "application/json" in one for one in scripts), page
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", text), page


def test_the_same_graph_gives_the_same_bytes_whoever_writes(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viz.site.work.ALONE", 10)
    made = [write_site(snapshot, tmp_path / str(jobs), ["zh"], most=60, jobs=jobs) for jobs in (1, 2)]
    one, other = (
        {path.relative_to(site.folder): path.read_bytes() for path in site.folder.rglob("*") if path.is_file()} for site in made
    )
    assert one == other
    assert len(one) > 40
    assert made[0].files == made[1].files


def test_what_others_put_there_stays(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="holds something that no export wrote"):
        write_site(snapshot, tmp_path, ["zh"], most=5, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_is_replaced_when_told_and_left_alone_when_it_fails(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    write_site(snapshot, target, ["zh"], most=5)
    before = (target / "index.html").read_bytes()
    with pytest.raises(OutputError, match="--force"):
        write_site(snapshot, target, ["zh"], most=5)

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("viz.site.write.write_names", fail)
        with pytest.raises(RuntimeError):
            write_site(snapshot, target, ["zh"], most=5, force=True)
    assert (target / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    write_site(snapshot, target, ["en"], most=5, force=True)
    assert not (target / "index.html").exists() or (target / "index.html").read_bytes() != before


def made_screen(name: str, path: str, keys: list[str]) -> Screen:
    return Screen(name, path, lambda snapshot, params: Params, lambda snapshot: keys)


def test_whole_screens_come_first_and_tasks_last(snapshot: Snapshot) -> None:
    many = [str(number) for number in range(50)]
    screens = [
        made_screen("task", "/task/", many[:5]),
        made_screen("a", "/a/", many),
        made_screen("b", "/b/", many[:9]),
        made_screen("c", "/c", [""]),
    ]
    pages, left = choose_pages(screens, snapshot, 20)
    assert [page.path for page in pages[:2]] == ["/c", "/b/0"]
    assert [(one.screen, one.pages) for one in left] == [("a", 50)]
    assert {page.screen for page in pages} == {"b", "c", "task"}


def test_long_names_are_shortened_for_every_system() -> None:
    name = file_of("/document/" + "%E6%96%87" * 40, "zh")
    assert max(map(len, name.split("/"))) <= 110
    assert name != file_of("/document/" + "%E6%96%87" * 41, "zh")


def test_the_verb(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "site"
    command = ["site", "--out", str(built), "--to", str(target), "--lang", "zh", "--pages", "12", "--jobs", "1"]
    assert main(command) == 0
    said = capsys.readouterr()
    assert str(target / "index.html") in said.out
    assert "个任务页" in said.err
    assert main(command) == 2
    assert "--force" in capsys.readouterr().err
    assert main([*command, "--force"]) == 0
