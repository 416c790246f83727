"""What goes wrong on the way to a server, and what the caller is told."""

from __future__ import annotations

import logging
import threading
from http.server import BaseHTTPRequestHandler

import pytest

from benchmarks.servers import free_port
from kg.errors import RemoteError
from kg.remote import Credentials, RemoteStore
from kg.remote.connection import Clock, Connection, check_url
from tests.remote.faulty import Play, answer, cut, faulty, reset

ROWS = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"1"}}]}}'
SECRET = "s3cret-Wort/+="
CLERK = Credentials("clerk", SECRET)


class Slow:
    """A clock on which waiting takes no time."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def clock(self) -> Clock:
        return Clock(lambda: sum(self.waited), self.waited.append, lambda: 0.5)


def store(
    url: str, credentials: Credentials | None = None, *, slow: Slow | None = None, timeout: float = 5, largest: int = 10_000
) -> RemoteStore:
    found = RemoteStore(url, credentials)
    found.connection = Connection(url, credentials, timeout=timeout, largest=largest, clock=(slow or Slow()).clock())
    return found


def ask(url: str, credentials: Credentials | None = None, **options: object) -> list[str]:
    rows = store(url, credentials, **options).query("SELECT ?n { }")  # type: ignore[arg-type]  # handed on
    return [str(row["n"]) for row in rows]  # type: ignore[union-attr]  # a SELECT


# a server that is busy


def test_tries_again_when_busy_and_waits_longer_each_time() -> None:
    slow = Slow()
    with faulty(answer(status=503), answer(status=503), answer(status=503), answer(ROWS)) as server:
        assert ask(server.url, slow=slow) == ['"1"']
    assert len(server.requests) == 4
    assert slow.waited == sorted(slow.waited)
    assert len({said.body for said in server.requests}) == 1


def test_waits_as_long_as_the_server_says() -> None:
    slow = Slow()
    with faulty(answer(status=503, Retry_After="7"), answer(ROWS)) as server:
        ask(server.url, slow=slow)
    assert slow.waited == [7]


def test_waits_until_the_date_that_the_server_says() -> None:
    slow = Slow()
    later = answer(status=429, Date="Sun, 06 Nov 1994 08:49:37 GMT", Retry_After="Sun, 06 Nov 1994 08:49:46 GMT")
    with faulty(later, answer(ROWS)) as server:
        ask(server.url, slow=slow)
    assert max(slow.waited) == 9


@pytest.mark.parametrize("after", ["", "0", "86400", "soon", "9" * 400])
def test_gives_up_in_the_end(after: str) -> None:
    slow = Slow()
    with (
        faulty(answer(b"closed for today", status=503, kind="text/plain", Retry_After=after)) as server,
        pytest.raises(RemoteError) as found,
    ):
        ask(server.url, slow=slow)
    assert "503 Service Unavailable: closed for today; busy, tried" in str(found.value)
    assert sum(slow.waited) <= 60


def test_asks_a_server_again_that_hangs_up() -> None:
    with faulty(reset, cut, answer(ROWS)) as server:
        assert ask(server.url) == ['"1"']


# a server that does not answer as it should

BAD = [
    (cut, "breaks off in the middle"),
    (reset, "breaks off"),
    (answer(b"<html><body>Welcome", kind="text/html"), "a web page came"),
    (answer(b"\xff\xfe\x00garbage"), "no SPARQL result"),
    (answer(ROWS[:-7]), "no SPARQL result"),
    (answer(b""), "no SPARQL result"),
    (answer(b"[1, 2]"), "no SPARQL result"),
    (answer(b'{"head":{},"results":{"bindings":[{"n":{"type":"literal","value":"1","datatype":"http://www.w3.org/2001/XMLSchema#boolean"}}]}'), "no SPARQL result"),
    (answer(ROWS + b" " * 20_000), "larger than"),
    (answer(b"nobody home", status=404, kind="text/plain"), "404 Not Found: nobody home; check the URL"),
    (answer(status=401), "401 Unauthorized; set ZEREN_USER"),
    (answer(b"<html>", status=500, kind="text/html"), "500 Internal Server Error; see the server's own log"),
    (answer(status=302, Location="http://elsewhere.example.org/sparql"), "redirects to another server, http://elsewhere.example.org/sparql"),
    (answer(status=302, Location="file:///etc/passwd"), "is no URL of a server"),
    (answer(status=302, Location="/sparql"), "redirects more than 5 times"),
    (answer(ROWS, X_SPARQL_MaxRows="1"), "cuts answers after 1 rows"),
    (answer(ROWS, status=206), "a part of the answer only"),
]  # fmt: skip


@pytest.mark.parametrize(("play", "message"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_says_what_is_wrong(play: Play, message: str) -> None:
    with faulty(play) as server, pytest.raises(RemoteError) as found:
        ask(server.url)
    assert message in str(found.value)
    assert "\n" not in str(found.value)
    assert len(str(found.value)) < 500


def test_says_that_nobody_listens() -> None:
    with pytest.raises(RemoteError, match="no server listens there"):
        ask(f"http://127.0.0.1:{free_port()}/query")


def test_does_not_wait_for_ever() -> None:
    end = threading.Event()

    def hang(_: BaseHTTPRequestHandler) -> None:
        end.wait(30)

    with faulty(hang) as server:
        with pytest.raises(RemoteError, match=r"no answer within 0\.2 s"):
            ask(server.url, timeout=0.2)
        end.set()


def test_does_not_wait_for_ever_for_an_answer_in_drops() -> None:
    slow = Slow()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            slow.waited.append(1)
            handler.wfile.write(b" ")
            handler.wfile.flush()

    with faulty(drip) as server, pytest.raises(RemoteError, match="no answer within 20 s"):
        ask(server.url, slow=slow, timeout=20)


def test_a_bad_query_is_told_as_the_own_parser_tells_it() -> None:
    with faulty(answer(b"nonsense", status=400)) as server, pytest.raises(SyntaxError, match="error at 1:"):
        store(server.url).query("SELECT ?n {")


def test_a_good_query_that_the_server_does_not_take() -> None:
    with faulty(answer(b"too clever", status=400, kind="text/plain")) as server, pytest.raises(RemoteError, match="too clever"):
        ask(server.url)


def test_is_sent_as_the_protocol_has_it() -> None:
    with faulty(answer(ROWS)) as server:
        ask(server.url)
    said = server.requests[0]
    assert (said.method, said.path, said.body) == ("POST", "/sparql", b"query=SELECT+%3Fn+%7B+%7D")
    assert said.headers["accept"] == "application/sparql-results+json"
    assert said.headers["user-agent"].startswith("zeren/")


# redirects, and proxies


def test_follows_the_server_to_itself_with_the_query() -> None:
    with faulty(answer(status=301, Location="/elsewhere?db=1"), answer(ROWS)) as server:
        assert ask(server.url) == ['"1"']
    assert [(said.method, said.path) for said in server.requests] == [("POST", "/sparql"), ("POST", "/elsewhere?db=1")]
    assert server.requests[0].body == server.requests[1].body


def test_no_proxy_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    with faulty(answer(ROWS)) as server:
        assert ask(server.url) == ['"1"']


@pytest.mark.parametrize(
    "url",
    ["", "out", "file:///etc/passwd", "ftp://127.0.0.1/", "http://", "http:///sparql", "http://[::1", "http://h:99999/", "http://h/a b",
     "http://h/\nx", "javascript:alert(1)", "http://市/"],
)  # fmt: skip
def test_what_is_no_url(url: str) -> None:
    with pytest.raises(RemoteError, match="is no URL of a server"):
        check_url(url)


# who asks


def test_a_password_in_the_url_is_refused_and_not_shown() -> None:
    with pytest.raises(RemoteError, match="no name and password in a URL") as found:
        RemoteStore(f"http://clerk:{SECRET}@127.0.0.1/sparql")
    assert "s3cret" not in str(found.value)


def test_basic_when_the_server_wants_it() -> None:
    with faulty(answer(status=401, WWW_Authenticate='Basic realm="zeren"'), answer(ROWS)) as server:
        ask(server.url, CLERK)
    assert [said.headers.get("authorization") for said in server.requests] == [None, "Basic Y2xlcms6czNjcmV0LVdvcnQvKz0="]


def test_digest_rather_than_basic() -> None:
    """The worked example of RFC 7616, 3.9.1, but for the client's nonce, which is ours."""
    challenge = 'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv", opaque="FQhe/qaU"'
    with faulty(answer(status=401, WWW_Authenticate=challenge), answer(ROWS)) as server:
        ask(server.url, CLERK)
    said = server.requests[1].headers["authorization"]
    assert said.startswith('Digest username="clerk", realm="http-auth@example.org"')
    assert 'opaque="FQhe/qaU"' in said
    assert "algorithm=SHA-256, qop=auth, nc=00000001" in said
    assert SECRET not in said


def test_bearer_at_once() -> None:
    with faulty(answer(ROWS)) as server:
        ask(server.url, Credentials(token="T0ken"))
    assert server.requests[0].headers["authorization"] == "Bearer T0ken"


def test_a_wrong_password_is_tried_once() -> None:
    with (
        faulty(answer(status=401, WWW_Authenticate='Digest realm="r", nonce="1"')) as server,
        pytest.raises(RemoteError, match="if they are set, check them"),
    ):
        ask(server.url, CLERK)
    assert len(server.requests) == 2


@pytest.mark.parametrize("scheme", ["basic", "bearer"])
def test_no_readable_secret_over_an_open_line(scheme: str) -> None:
    found = Credentials("clerk", SECRET, "T0ken", scheme)  # type: ignore[arg-type]  # one of them
    with pytest.raises(RemoteError, match="could be read on the way"):
        ask("http://kg.example.org/sparql", found)


@pytest.mark.parametrize("where", ["http://127.0.0.1:9/sparql", "http://localhost:9/", "//elsewhere.example.org/sparql"])
def test_no_secret_goes_to_another_server(where: str) -> None:
    with faulty(answer(status=307, Location=where)) as server, pytest.raises(RemoteError, match="redirects to another server"):
        ask(server.url, Credentials(token="T0ken"))


def echo(handler: BaseHTTPRequestHandler) -> None:
    """Send back what came, as a careless server would."""
    said = handler.headers.get("authorization", "")
    answer(f"refused: {said} {SECRET} T0ken".encode(), status=403, kind="text/plain")(handler)


@pytest.mark.parametrize("credentials", [Credentials("clerk", SECRET, scheme="basic"), Credentials("clerk", SECRET, "T0ken")])
def test_no_secret_in_errors_logs_and_records(credentials: Credentials, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with faulty(echo) as server, pytest.raises(RemoteError) as found:
        ask(server.url, credentials)
    shown = f"{found.value!r} {found.value.__cause__!r} {caplog.text} {credentials!r} {store(server.url, credentials)!r}"
    assert "refused" in shown
    for secret in (SECRET, "Y2xlcms6", credentials.token or SECRET):
        assert secret not in shown
