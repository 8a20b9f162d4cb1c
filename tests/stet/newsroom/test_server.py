"""The newsroom over real HTTP."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
import threading
from http.client import HTTPConnection, RemoteDisconnected
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from stet.newsroom import Newsroom, Response, Served, serve
from stet.newsroom.__main__ import main
from stet.newsroom.script import BRIDGE, WINDPARK

if TYPE_CHECKING:
    from collections.abc import Mapping


def get(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(url, headers=dict(headers or {})), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def connect(served: Served) -> HTTPConnection:
    return HTTPConnection(served.url.removeprefix("http://"), timeout=10)


def test_every_story_is_served(newsroom: Newsroom, served: Served) -> None:
    for path in newsroom.paths:
        status, headers, body = get(served.url + path)
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert int(headers["Content-Length"]) == len(body)
        assert body == newsroom.page(path, served.url).body
    assert [request.path for request in served.requests] == list(newsroom.paths)


def test_links_start_with_the_address_that_is_served(newsroom: Newsroom, served: Served) -> None:
    assert f"<loc>{served.url}{newsroom.paths[0]}</loc>" in get(f"{served.url}/news-sitemap.xml")[2].decode()


@pytest.mark.parametrize("path", ["/world/harbour-bridge-reopens-after-storm", "/", "/feed.xml", "/sitemap.xml.gz"])
@pytest.mark.parametrize(
    ("condition", "validator"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]
)
def test_an_unchanged_page_answers_304_without_a_body(
    newsroom: Newsroom, served: Served, path: str, condition: str, validator: str
) -> None:
    _, headers, first = get(served.url + path)
    status, again, body = get(served.url + path, {condition: headers[validator]})
    assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
    newsroom.edit(BRIDGE, title="Another headline", dated=True)
    status, _, body = get(served.url + path, {condition: headers[validator]})
    assert status == 200
    assert body != first


def test_gzip_is_used_where_accepted(newsroom: Newsroom, served: Served) -> None:
    url = served.url + newsroom.paths[0]
    _, plain, body = get(url)
    _, packed, squeezed = get(url, {"Accept-Encoding": "gzip, deflate"})
    assert (packed["Content-Encoding"], packed["ETag"]) == ("gzip", plain["ETag"])
    assert gzip.decompress(squeezed) == body
    _, headers, sitemap = get(f"{served.url}/sitemap.xml.gz", {"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in headers
    assert gzip.decompress(sitemap).startswith(b"<?xml")


def test_one_connection_serves_many_requests(newsroom: Newsroom, served: Served) -> None:
    connection = connect(served)
    ports = set()
    for method in ("HEAD", "GET", "HEAD", "GET"):
        connection.request(method, newsroom.paths[0])
        ports.add(connection.sock.getsockname())
        answer = connection.getresponse()
        body = answer.read()
        assert int(answer.headers["Content-Length"]) > 5000
        assert bool(body) is (method == "GET")
    connection.close()
    assert len(ports) == 1
    assert [request.method for request in served.requests] == ["HEAD", "GET", "HEAD", "GET"]


def test_the_log_says_what_was_asked_for(served: Served) -> None:
    get(f"{served.url}/world/?page=2", {"User-Agent": "Tester/1", "X-Thing": "yes"})
    get(f"{served.url}/nowhere")
    first, second = served.requests
    assert (first.path, first.status, first.headers["user-agent"], first.headers["x-thing"]) == (
        "/world/?page=2",
        200,
        "Tester/1",
        "yes",
    )
    assert (second.status, second.at >= first.at) == (404, True)
    assert served.requested("/nowhere") == (second,)


def test_redirects_and_refusals_travel(newsroom: Newsroom, served: Served) -> None:
    former = newsroom.story(WINDPARK).path
    newsroom.redirect(WINDPARK, "elsewhere")
    assert get(served.url + former)[0] == 200
    assert [request.status for request in served.requests] == [301, 200]
    newsroom.outage(on=True)
    status, headers, _ = get(served.url + former)
    assert (status, headers["Retry-After"]) == (503, "1")


def test_answers_of_ones_own_are_sent_as_they_are(newsroom: Newsroom, served: Served) -> None:
    headers = {"Content-Type": "text/html", "Content-Length": "100", "Connection": "close"}
    newsroom.answer_with("/short", Response(200, headers, b"cut off"))
    connection = connect(served)
    connection.request("GET", "/short", headers={"Accept-Encoding": "gzip"})
    assert connection.getresponse().read(7) == b"cut off"
    connection.close()


def test_several_addresses_serve_as_several_hosts(newsroom: Newsroom) -> None:
    with serve(newsroom, "127.0.0.2") as one, serve(newsroom, "127.0.0.3") as two:
        assert one.url.startswith("http://127.0.0.2:")
        assert get(f"{two.url}/")[0] == 200
        assert (len(one.requests), len(two.requests)) == (0, 1)


def test_a_taken_address_is_an_error(newsroom: Newsroom, served: Served) -> None:
    port = int(served.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"), serve(newsroom, port=port):
        pass


def test_stopping_hangs_up_on_open_connections(newsroom: Newsroom) -> None:
    before = threading.active_count()
    with serve(newsroom) as served:
        connections = [connect(served) for _ in range(5)]
        for connection in connections:
            connection.request("GET", "/")
            connection.getresponse().read()
    for connection in connections:
        with pytest.raises((RemoteDisconnected, ConnectionError)):
            connection.request("GET", "/")
            connection.getresponse()
        connection.close()
    assert threading.active_count() <= before
    with serve(newsroom, port=int(served.url.rpartition(":")[2])) as again:
        assert get(f"{again.url}/")[0] == 200


def test_an_answer_can_be_held_back(newsroom: Newsroom) -> None:
    asked, go = threading.Event(), threading.Event()

    def hold(path: str) -> None:
        asked.set()
        assert go.wait(10)

    with serve(newsroom, before=hold) as served:
        thread = threading.Thread(target=get, args=(f"{served.url}/",))
        thread.start()
        assert asked.wait(10)
        assert served.requests == ()
        go.set()
        thread.join(10)
        assert [request.status for request in served.requests] == [200]


def test_a_mistake_while_answering_does_not_pass_in_silence(newsroom: Newsroom) -> None:
    def stumble(path: str) -> None:
        raise LookupError(path)

    connection: HTTPConnection | None = None
    with pytest.raises(LookupError, match="/there"), serve(newsroom, before=stumble) as served:
        connection = connect(served)
        connection.request("GET", "/there")
        with pytest.raises(RemoteDisconnected):
            connection.getresponse()
    assert connection is not None
    connection.close()


def test_the_site_changes_while_it_is_read(newsroom: Newsroom, served: Served) -> None:
    done = threading.Event()
    broken: list[object] = []

    def read() -> None:
        while not done.is_set():
            status, headers, body = get(f"{served.url}/atom.xml")
            if status == 200 and (int(headers["Content-Length"]) != len(body) or b"</feed>" not in body):
                broken.append(body)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    while newsroom.advance() is not None:
        newsroom.furniture()
    done.set()
    for thread in threads:
        thread.join(10)
    assert broken == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_can_be_served_alone_and_stopped(number: signal.Signals) -> None:
    command = [sys.executable, "-W", "error", "-m", "stet.newsroom", "--every", "0.01"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = process.stdout.readline().strip()
        assert process.stdout.readline().startswith(" 1  furniture: ")
        assert get(f"{url}/robots.txt")[0] == 200
        process.send_signal(number)
        assert process.wait(10) == 0
        assert process.stderr.read() == ""


def test_alone_it_tells_its_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--script"]) == 0
    assert "silent number" in capsys.readouterr().out


def test_alone_it_says_when_the_address_is_taken(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    try:
        assert main(["--port", served.url.rpartition(":")[2]]) == 1
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])
    assert "in use" in capsys.readouterr().err
