"""A browser where a token is wanted: a form takes it once; the cookie that it gives opens pages, and nobody else can use it."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest

from tests.endpoint.inline import Client, client

TOKEN = "0123456789abcdef"
PEOPLE = {"Accept": "text/html,*/*;q=0.8"}
ASK = {"query": "ASK {}"}
HOME = "http://graph.example"


def endpoint(token: str = TOKEN, **given: Any) -> Client:
    return client(host="0.0.0.0", token=token, url=HOME, **given)


def enter(token: str = TOKEN, back: str = "/matrix?role=lead", **headers: str) -> httpx.Response:
    return endpoint().post("/enter", data={"token": token, "back": back}, headers=headers)


def cookie() -> str:
    return enter().headers["set-cookie"].partition(";")[0]


def test_people_get_a_form_and_programs_a_sentence() -> None:
    page = endpoint().get("/matrix?role=lead&x=%22%3E%3Cb%3E", headers=PEOPLE)
    assert (page.status_code, page.headers["cache-control"]) == (401, "no-store")
    assert 'name="back" value="/matrix?role=lead&amp;x=%22%3E%3Cb%3E"' in page.text
    assert "script" not in page.text
    assert TOKEN not in page.text
    style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)
    assert style is not None
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert endpoint().get("/matrix").headers["content-type"].startswith("text/plain")
    assert endpoint().post("/sparql", data=ASK, headers=PEOPLE).headers["content-type"].startswith("text/plain")
    assert client().get("/enter", headers=PEOPLE).status_code == 404  # nobody needs to enter where no token is wanted


def test_the_token_gives_a_cookie_that_no_script_and_no_other_site_can_use() -> None:
    answer = enter()
    assert (answer.status_code, answer.headers["location"]) == (303, "/matrix?role=lead")
    (made,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert (made["httponly"], made["samesite"].lower(), made["path"], made["secure"]) == (True, "strict", "/", "")
    assert TOKEN not in answer.headers["set-cookie"]
    assert endpoint().get("/sparql", params=ASK, headers={"Cookie": cookie()}).status_code == 200
    assert "secure" in enter(Origin="https://graph.example").headers["set-cookie"].lower()


@pytest.mark.parametrize("token", ["", TOKEN[:-1], f"{TOKEN}x", f"Bearer {TOKEN}", "é" * 16, "x" * 20_000])
def test_another_token_gives_none_and_the_form_again(token: str) -> None:
    answer = enter(token)
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    assert "令牌不对" in answer.text


@pytest.mark.parametrize("changed", ["", "x", "é", TOKEN, f"Bearer {TOKEN}"])
def test_another_cookie_opens_nothing(changed: str) -> None:
    name = cookie().partition("=")[0]
    given = {"Cookie": f"{name}={changed}".encode()}
    assert endpoint().get("/sparql", params=ASK, headers=given).status_code == 401
    assert endpoint("another token of it").get("/sparql", params=ASK, headers={"Cookie": cookie()}).status_code == 401


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1", "", "/a\r\nX: 1"])
def test_nobody_is_led_elsewhere(back: str) -> None:
    assert enter(back=back).headers["location"] == "/"
    assert "evil" not in enter("wrong", back).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Origin": HOME}, 303), ({"Host": "a b"}, 421)],
)
def test_a_page_elsewhere_enters_nobody(headers: dict[str, str], status: int) -> None:
    assert enter(**headers).status_code == status


def test_a_page_elsewhere_asks_nothing_with_the_cookie() -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}):
        assert endpoint().get("/sparql", params=ASK, headers={"Cookie": cookie()} | headers).status_code == 403


@pytest.mark.parametrize("content", [b"", b"\xff", b"token=" + b"%ff", b"&" * 100, b"a=1&" * 10])
def test_what_is_no_form_enters_nobody(content: bytes) -> None:
    answer = endpoint().post("/enter", content=content, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 401
