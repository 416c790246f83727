"""Decisions sent from a page: written once and whole, or refused with what was typed; nobody else's page can send one."""

from __future__ import annotations

import asyncio
import html
import re
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.endpoint import Settings, create_app, running
from kg.review import read_book
from kg.store import BuildLock
from tests.review.shop import Shop
from viz.pages import make_routes, sparql_page
from viz.pages.deciding import LARGEST, Sent, read_form

LIST = "/findings/no-lead"
SIGNED = {"by": "王某", "why": "按职责分工，不设牵头"}
FORM = "application/x-www-form-urlencoded"
Form = dict[str, str]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return Shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(autouse=True)
def fresh(shop: Shop) -> None:
    (shop.out / "corrections.ttl").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def client(shop: Shop) -> Iterator[httpx.Client]:
    settings = Settings(shop.out, port=0, workers=1)
    with running(settings, routes=make_routes(), page=sparql_page) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


class Within:
    """An application that is asked without a socket."""

    def __init__(self, settings: Settings, base: str = "http://127.0.0.1", headers: dict[str, str] | None = None) -> None:
        self.app, self.base, self.headers = create_app(settings, routes=make_routes()), base, headers

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=self.base, headers=self.headers) as client:
                return await client.request(method, path, **given)

        return asyncio.run(asked())


def forms(page: str) -> list[Form]:
    """Return the hidden fields of the forms that write, with the first choice made."""
    found = []
    for text in re.findall(r'<form method="post".*?</form>', page, re.DOTALL):
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
        made = {name: html.unescape(value) for name, value in fields}
        choices = re.findall(r'name="choice"[^>]*value="([^"]*)"', text)
        found.append(made | ({"choice": html.unescape(choices[0])} if choices else {}))
    return found


def form(client: httpx.Client, path: str = LIST) -> Form:
    return forms(client.get(path).text)[0] | SIGNED


def test_a_decision_is_written_and_the_page_says_so(client: httpx.Client, shop: Shop) -> None:
    sent = form(client)
    answer = client.post("/decide", data=sent)
    assert answer.status_code == 303
    (made,) = read_book(shop.out)
    assert (made.subject, made.action, made.gap, made.by, made.why) == (
        "gap",
        "justify",
        "no-lead",
        "王某",
        "按职责分工，不设牵头",
    )
    assert answer.headers["location"] == f"{LIST}?done={made.key}#done"
    page = html.unescape(client.get(answer.headers["location"].partition("#")[0]).text)
    assert made.key in page
    assert str(shop.out / "corrections.ttl") in page
    assert "zeren build" in page
    assert sent["choice"] not in page  # it cannot be decided again
    log = html.unescape(client.get("/findings/corrections").text)
    assert "按职责分工，不设牵头" in log
    undo = next(one for one in forms(client.get("/findings/corrections").text) if "undo" in one)
    assert client.post("/decide", data=undo | {"by": "李某", "why": "看错了"}).status_code == 303
    (made,) = read_book(shop.out)
    assert made.revoked is not None
    assert (made.revoked.by, made.revoked.why) == ("李某", "看错了")
    assert client.post("/decide", data=undo | SIGNED).status_code == 422


def test_pages_are_not_kept_when_people_decide(client: httpx.Client) -> None:
    before = client.get(LIST)
    tag = {"If-None-Match": before.headers["etag"]}
    assert client.get(LIST, headers=tag).status_code == 304
    client.post("/decide", data=form(client))
    assert client.get(LIST, headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),  # another program on this computer
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Content-Type": "text/plain"}, 403),
        ({"Content-Type": "application/json"}, 403),
    ],
)
def test_only_pages_of_this_server_may_send(client: httpx.Client, shop: Shop, headers: dict[str, str], status: int) -> None:
    content = httpx.Request("POST", "http://x/", data=form(client)).content
    given = {"Content-Type": "application/x-www-form-urlencoded"} | headers
    assert client.post("/decide", content=content, headers=given).status_code == status
    assert read_book(shop.out) == ()


def test_origins_that_may_ask_may_not_decide(shop: Shop) -> None:
    server = Within(Settings(shop.out, cors=("https://example.org",)))
    sent = forms(server.ask("GET", LIST).text)[0] | SIGNED
    assert server.ask("POST", "/decide", data=sent, headers={"Origin": "https://example.org"}).status_code == 403
    assert read_book(shop.out) == ()
    assert server.ask("POST", "/decide", data=sent, headers={"Origin": "http://127.0.0.1"}).status_code == 303


def test_codes_that_command_a_terminal_are_left_out(client: httpx.Client, shop: Shop) -> None:
    sent = form(client) | {"by": "\x1b[31m王某\x07\x9b", "why": "一、\x00\u202e按职责\n分工\uffff\x85"}
    assert client.post("/decide", data=sent).status_code == 303
    (made,) = read_book(shop.out)
    assert (made.by, made.why) == ("[31m王某", "一、按职责 分工")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", (shop.out / "corrections.ttl").read_text("utf-8"))


def test_a_form_that_does_not_come_is_not_waited_for(shop: Shop) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b"by="
        await asyncio.sleep(60)

    answer = Within(Settings(shop.out, patience=0.1)).ask("POST", "/decide", content=never(), headers={"Content-Type": FORM})
    assert (answer.status_code, read_book(shop.out)) == (408, ())


@pytest.mark.parametrize(
    ("error", "reason"),
    [(PermissionError(13, "Permission denied"), "Permission denied"), (OSError(28, "No space left"), "No space")],
)
def test_a_place_that_takes_nothing_is_not_called_a_build(
    client: httpx.Client, shop: Shop, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    sent = form(client)
    monkeypatch.setattr("kg.review.book.replace_durably", fail)
    answer = client.post("/decide", data=sent)
    assert (answer.status_code, reason in answer.text, "正在构建" in answer.text) == (503, True, False)
    assert sent["why"] in answer.text
    assert read_book(shop.out) == ()


@pytest.mark.parametrize("content", [b"@prefix broken <", b"\xff\xfe\x00"])
def test_a_damaged_file_is_left_as_it_is(client: httpx.Client, shop: Shop, content: bytes) -> None:
    sent, file = form(client), shop.out / "corrections.ttl"
    file.write_bytes(content)
    answer = client.post("/decide", data=sent)
    assert (answer.status_code, "corrections.ttl, line 1" in answer.text, sent["why"] in answer.text) == (422, True, True)
    assert file.read_bytes() == content
    page = client.get(LIST)
    assert (page.status_code, "corrections.ttl, line 1" in page.text) == (503, True)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("token", ["", "x" * 32, "é"])
def test_a_form_needs_the_token_and_keeps_what_was_typed(client: httpx.Client, shop: Shop, token: str) -> None:
    answer = client.post("/decide", data=form(client) | {"token": token, "why": '"><script>window.__x=1</script>'})
    assert answer.status_code == 403
    assert read_book(shop.out) == ()
    assert "&lt;script&gt;window.__x=1" in answer.text
    assert "<script>window.__x" not in answer.text
    again = forms(answer.text)[0]
    assert again["token"] == form(client)["token"] != token
    assert client.post("/decide", data=again | SIGNED).status_code == 303  # a person looked at it, and sent it again


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"by": " "}, 422, "请填写姓名"),
        ({"why": ""}, 422, "请填写理由"),
        ({"choice": ""}, 422, "请选择怎样才对"),
        ({"choice": "rm:g-0000000000"}, 422, "请选择怎样才对"),
        ({"choice": "gap-justify:g-0000000000"}, 422, "no gap is called so"),
        ({"choice": "unit-as:u-0000000000"}, 422, "target is missing"),
        ({"document": "none"}, 409, "已经不在或已改变"),
        ({"why": "长" * 501}, 413, "太长"),
        ({"why": "字" * LARGEST}, 413, "太长"),
    ],
)
def test_what_is_wrong_is_said(client: httpx.Client, shop: Shop, changed: Form, status: int, said: str) -> None:
    answer = client.post("/decide", data=form(client) | changed)
    assert (answer.status_code, said in html.unescape(answer.text)) == (status, True)
    assert read_book(shop.out) == ()
    if status == 422:
        assert "王某" in answer.text or changed.get("by") == " "


def test_a_build_that_runs_is_waited_for_and_then_said(client: httpx.Client, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = form(client)
    monkeypatch.setattr("kg.explorer.taking.PATIENCE", 0.2)
    lock = BuildLock(shop.out)
    try:
        answer = client.post("/decide", data=sent)
    finally:
        lock.release()
    assert answer.status_code == 503
    assert "正在构建" in answer.text
    assert "按职责分工，不设牵头" in answer.text
    assert read_book(shop.out) == ()
    monkeypatch.setattr("kg.explorer.taking.PATIENCE", 20.0)
    lock = BuildLock(shop.out)
    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(client.post("/decide", data=sent).status_code))
    thread.start()
    lock.release()
    thread.join()
    assert answers == [303]
    assert len(read_book(shop.out)) == 1


def test_many_decide_at_once_and_none_is_lost(client: httpx.Client, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.explorer.taking.PATIENCE", 30.0)
    sent = [
        one | SIGNED for path in (LIST, "/findings/no-unit", "/findings/no-indicator") for one in forms(client.get(path).text)
    ]
    assert len(sent) >= 4
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one: answers.append(client.post("/decide", data=one).status_code)) for one in sent
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * len(sent)
    assert {one.item for one in read_book(shop.out)} == {one["choice"].partition(":")[2] for one in sent}


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1", "", "/a\r\nX: 1"]
)
def test_nobody_is_led_elsewhere(client: httpx.Client, back: str) -> None:
    answer = client.post("/decide", data=form(client) | {"back": back})
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert (where.scheme, where.netloc, where.path) == ("", "", "/findings")


@pytest.mark.parametrize(("write", "status"), [(False, 403), (True, 303)])
def test_beyond_this_computer_only_by_wish(shop: Shop, write: bool, status: int) -> None:
    settings = Settings(shop.out, host="0.0.0.0", token="t" * 20, write=write)  # nothing listens
    server = Within(settings, "http://office", {"Authorization": f"Bearer {'t' * 20}"})
    page = server.ask("GET", LIST).text
    assert bool(forms(page)) == write
    assert ("--write" in page) != write
    sent = forms(Within(Settings(shop.out)).ask("GET", LIST).text)[0] | SIGNED
    assert server.ask("POST", "/decide", data=sent).status_code == status
    assert len(read_book(shop.out)) == write


def test_a_passage_is_reported_wrong(client: httpx.Client, shop: Shop) -> None:
    text = shop.file.read_text("utf-8")
    key = shop.ledger()["documents"][0]["key"]
    start = text.index("市拾遗局")
    path = f"/document/{key}?at={start}-{start + 4}"
    page = client.get(path).text
    sent = next(one for one in forms(page) if one["choice"].startswith("role:")) | SIGNED | {"role.role": "support"}
    answer = client.post("/decide", data=sent)
    assert answer.status_code == 303, html.unescape(answer.text)
    assert answer.headers["location"].startswith(f"/document/{key}?at={start}-{start + 4}&done=c-")
    (made,) = read_book(shop.out)
    assert (made.subject, made.action, made.changes, made.mention) == (
        "assignment",
        "correct",
        (("role", "support"),),
        "市拾遗局",
    )
    assert made.anchor is not None
    assert (made.anchor.start, made.anchor.exact) == (start, "市拾遗局")
    assert made.why in html.unescape(client.get(path).text)  # what was said there is shown there
    shop.build()
    units = [unit for task in shop.ledger()["documents"][0]["tasks"] for unit in task["assignments"]]
    assert [unit["role"] for unit in units if unit["unit"] == "市拾遗局"] == ["support"]


def test_reading_never_writes(client: httpx.Client, shop: Shop) -> None:
    assert client.get("/decide").status_code == 405
    update = {"Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content="INSERT DATA { <x:a> <x:b> 1 }", headers=update).status_code >= 400
    assert client.post(LIST, data=form(client)).status_code == 405
    assert not (shop.out / "corrections.ttl").exists()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_form_or_none(content: bytes) -> None:
    found = read_form(content)
    assert found is None or isinstance(found, Sent)


@given(st.text(max_size=60))
def test_back_stays_on_this_server(back: str) -> None:
    found = Sent({"back": back}).back
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert "\n" not in found
    assert "\r" not in found


def test_files_hold_what_is_filtered(client: httpx.Client, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    text = client.get("/download/findings/no-lead.csv").content.decode("utf-8-sig")
    assert text.count("\r\n") == 1 + client.get("/api/finding/no-lead").json()["cut"]["total"]
    assert "没有牵头单位" in text
    path = tmp_path / "a.xlsx"
    path.write_bytes(client.get("/download/findings/no-lead.xlsx?lang=en").content)
    rows = list(load_workbook(path).worksheets[0].values)
    assert (rows[0][0], len(rows)) == ("Gap", text.count("\r\n"))
    assert client.get("/download/findings/no-lead.exe").status_code == 404
    assert client.get("/download/findings/none.csv").status_code == 404
    assert client.get("/download/findings/no-lead.csv?state=justified").text.count("\r\n") == 1


def test_every_passage_can_be_shown_and_reported(client: httpx.Client, shop: Shop) -> None:
    key = shop.ledger()["documents"][0]["key"]
    for lang in ("", "&lang=en"):
        seen = set()
        for mark in client.get(f"/api/document/{key}").json()["marks"]:
            answer = client.get(f"/document/{key}?at={mark['start']}-{mark['end']}{lang}")
            assert answer.status_code == 200, mark
            if mark["kind"] not in seen and mark["kind"] not in ("heading", "deadline"):
                assert "choice" in str(forms(answer.text)), mark
            seen.add(mark["kind"])
        assert {"task", "body", "deadline"} <= seen
