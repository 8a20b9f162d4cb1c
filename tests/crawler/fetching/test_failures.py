"""What servers can do wrong, and what the user is told of each; without a reactor and with it."""

from __future__ import annotations

import datetime
import gzip
import ipaddress
import ssl
import zlib
from typing import TYPE_CHECKING, Any

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from archive.models import FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.models import Capture

MAX_SIZE = 1_000_000
BOMB = b"\0" * (MAX_SIZE * 20)


def headers(*lines: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", *lines, b"Connection: close", b"", body])


def encoded(coding: str, body: bytes) -> dict[str, Any]:
    return {"headers": (("Content-Encoding", coding),), "body": body}


GALLERY: dict[str, dict[str, Any]] = {
    "not-found": {"status": 404},
    "gone": {"status": 410},
    "legal": {"status": 451},
    "error": {"status": 500},
    "empty": {"body": b""},
    "large": {"body": b"x" * (MAX_SIZE + 1)},
    "large-chunked": {
        "raw": headers(b"Transfer-Encoding: chunked"),
        "endless": b"10000\r\n" + b"x" * 0x10000 + b"\r\n",
    },
    "large-unsaid": {"raw": headers(), "endless": b"x" * 65536},
    "drip": {"raw": headers(b"Content-Length: 100000"), "endless": b"x", "pause": 0.02},
    "silent": {"raw": b"", "stall": True},
    "bomb-gzip": encoded("gzip", gzip.compress(BOMB)),
    "bomb-deflate": encoded("deflate", zlib.compress(BOMB)),
    "bomb-br": encoded("br", brotli.compress(BOMB, quality=5)),
    "bomb-nested": encoded("gzip, gzip", gzip.compress(gzip.compress(BOMB))),
    "not-gzip": encoded("gzip", b"<p>plain</p>"),
    "broken-off": {"raw": headers(b"Content-Length: 100", body=b"abc")},
    "broken-chunk": {"raw": headers(b"Transfer-Encoding: chunked", body=b"zz\r\n")},
    "two-lengths": {"raw": headers(b"Content-Length: 3", b"Content-Length: 4", body=b"abcd")},
    "hung-up": {"raw": b""},
    "not-http": {"raw": b"SSH-2.0-OpenSSH_9.2\r\n"},
}
SAID = {
    "large": "the body is larger than 1 MB (max_size)",
    "large-chunked": "the body is larger than 1 MB (max_size)",
    "large-unsaid": "the body is larger than 1 MB (max_size)",
    "drip": "gave no complete answer within 3 s",
    "silent": "gave no complete answer within 3 s",
    "bomb-gzip": "the body, decompressed, is larger than 1 MB (max_size)",
    "bomb-deflate": "the body, decompressed, is larger than 1 MB (max_size)",
    "bomb-br": "the body, decompressed, is larger than 1 MB (max_size)",
    "bomb-nested": "the body, decompressed, is larger than 1 MB (max_size)",
    "not-gzip": "the body is not valid gzip: Not a gzipped file",
    "broken-off": "broke off before the body was complete",
    "two-lengths": "is not valid HTTP: ",
    "hung-up": "closed the connection without a valid answer",
    "no-host": "no such host: nowhere.invalid",
    "no-port": "refused the connection",
    "bad-certificate": "not valid: ",
    "no-tls": "no TLS connection to ",
    "no-url": "not a URL that can be fetched: ",
    "bad-port": "not a URL that can be fetched: ",
}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    now = datetime.datetime.now(datetime.UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def tls_with(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture(scope="module")
def captures(fetch_either_way: Any, make_module_site: Callable[..., Any], certificate: Path) -> dict[str, Capture]:
    """All of the gallery, fetched by one crawl."""
    site = make_module_site()
    for name, reply in GALLERY.items():
        site.on(f"/{name}", **reply)
    untrusted = make_module_site(tls=tls_with(certificate))
    urls = {name: site.url(f"/{name}") for name in GALLERY} | {
        "no-host": "http://nowhere.invalid/",
        "no-port": "http://127.0.0.1:1/",
        "bad-certificate": untrusted.url().replace("http:", "https:"),
        "no-tls": site.url("/gone").replace("http:", "https:"),
        "no-url": "news.example/story",
        "bad-port": "http://127.0.0.1:99999/",
        "ftp": "ftp://127.0.0.1/",
    }
    settings = {"timeout": 3.0, "max_size": MAX_SIZE, "concurrency": 40, "concurrency_per_host": 40}
    return dict(zip(urls, fetch_either_way(*urls.values(), **settings), strict=True))


@pytest.mark.parametrize("name", SAID)
def test_a_bad_answer_is_told_of_in_one_line(captures: dict[str, Capture], name: str) -> None:
    failure = captures[name].failure
    assert failure is not None
    assert failure.kind is FailureKind.FAILED
    assert SAID[name] in failure.message
    assert "\n" not in failure.message
    assert captures[name].status is None
    assert captures[name].body == b""


@pytest.mark.parametrize(("name", "status"), [("not-found", 404), ("gone", 410), ("legal", 451), ("error", 500)])
def test_an_error_status_is_an_answer(captures: dict[str, Capture], name: str, status: int) -> None:
    assert captures[name].status == status
    assert captures[name].failure is None


def test_an_empty_body_is_an_answer(captures: dict[str, Capture]) -> None:
    assert (captures["empty"].status, captures["empty"].body, captures["empty"].failure) == (200, b"", None)


@pytest.mark.parametrize("name", ["broken-chunk", "not-http"])
def test_what_is_not_http_is_a_failure(captures: dict[str, Capture], name: str) -> None:
    failure = captures[name].failure
    assert failure is not None
    assert failure.kind is FailureKind.FAILED


def test_only_http_and_https_are_fetched(captures: dict[str, Capture]) -> None:
    failure = captures["ftp"].failure
    assert failure is not None
    assert failure.kind is FailureKind.REFUSED
    assert failure.message == "ftp is not fetched; only http and https are"


def test_a_body_is_kept_as_it_is_after_decoding(fetch_either_way: Any, make_module_site: Any) -> None:
    story = "<p>Ein Satz über das Wetter.</p>".encode("latin-1") * 10
    site = make_module_site().on("/", **encoded("br", brotli.compress(story)))
    (capture,) = fetch_either_way(site.url())
    assert capture.body == story
    assert capture.header("content-encoding") is None


def test_sloppy_headers_are_taken_with_the_reactor(site: Any, fetch_with_reactor: Any) -> None:
    site.on("/", raw=headers("X-Author: Jürgen".encode("latin-1"), b"no colon here", b'ETag: "1"', body=b"ok"))
    (capture,) = fetch_with_reactor(site.url())
    assert capture.body == b"ok"
    assert capture.header("x-author") == "Jürgen"
    assert capture.header("etag") == '"1"'


def test_a_bad_certificate_is_not_tried_again(fetch_either_way: Any, make_module_site: Any, certificate: Path) -> None:
    site = make_module_site(tls=tls_with(certificate))
    (capture,) = fetch_either_way(site.url().replace("http:", "https:"), retries=2)
    assert capture.failure.message.startswith(f"certificate of 127.0.0.1:{site.port} not valid: ")
    assert (site.connections, site.hits) == (1, [])
