"""Plans and cities side by side in a real browser: choose, filter, share the address; on a server and from a disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.explorer import Snapshot
from kg.explorer.compare import successions
from tests.viz.explored import AXE, Open
from tests.viz.filed import write_page


def test_a_pair_is_chosen_filtered_and_shared(visit: Open) -> None:
    one = visit("/compare")
    one.page.locator("#pairs-rows a.button").first.click()
    assert one.page.locator("#rows-tasks tbody tr").count() == 33
    one.page.locator(".fact.fate-dropped a").click()
    one.page.wait_for_url("**kind=dropped**")
    assert one.page.locator("#rows-tasks tbody tr").count() == 4
    one.page.locator("select[name=kind]").select_option("changed-bodies")
    one.page.wait_for_url("**kind=changed-bodies**")
    rows = one.page.locator("#rows-tasks tbody tr").all_inner_texts()
    again = visit(one.page.url)
    assert again.page.locator("#rows-tasks tbody tr").all_inner_texts() == rows
    one.page.locator(".aspects a", has_text="目标变化").click()
    assert one.page.locator("#rows-targets tbody tr").count() == 72
    one.page.go_back()
    assert one.page.locator("#rows-tasks tbody tr").all_inner_texts() == rows
    one.page.locator("#rows-tasks a", has_text="在原文中查看").first.click()
    one.page.wait_for_url("**/document/**at=**")


PAIR = "/compare?before={before}&after={after}"


@pytest.mark.parametrize(
    "path",
    [PAIR, PAIR + "&view=targets", PAIR + "&view=bodies&lang=en", "/compare?by=city", "/compare?function=ecology-environment"],
)
def test_every_aspect_is_for_everybody(visit: Open, snapshot: Snapshot, path: str) -> None:
    ((before, after),) = successions(snapshot)
    one = visit(path.format(before=before.key, after=after.key), viewport={"width": 1024, "height": 800})
    assert one.sideways() <= 0
    if AXE.exists():
        assert one.violations() == []


def test_a_pair_on_a_disk_is_whole_and_filters_itself(visit: Open, snapshot: Snapshot, tmp_path: Path) -> None:
    ((before, after),) = successions(snapshot)
    address = write_page(snapshot, "compare", f"pair/{before.key}..{after.key}", tmp_path)
    page = visit(address, tmp_path.as_uri()).page
    assert [page.locator(f"#rows-{name} tbody tr").count() for name in ("tasks", "targets", "bodies")] == [33, 72, 31]
    page.locator("#tasks select[name=kind]").select_option("dropped")
    page.locator("#tasks form button", has_text="应用").click()
    assert page.locator("#rows-tasks tbody tr:visible").count() == 4
    page.locator(".fact.fate-new a").click()
    assert page.locator("#rows-tasks tbody tr:visible").count() == 4
    assert page.locator("#rows-tasks tbody tr:visible .tag").first.inner_text() == "新增"
