"""What stands in an article's place with status 200 is refused by name; an article about such things is read."""

# ruff: noqa: E501 - paragraphs are written as they are read

from __future__ import annotations

import pytest

from crawler.extraction import NotAnArticle, extract

URL = "https://alder.example/2024/05/02/valley/dam"

CLOUDFLARE = """<html lang="en-US"><head><title>Just a moment...</title></head><body><div class="main-wrapper"><h1>alder.example</h1>
<h2>Checking if the site connection is secure</h2><noscript>Enable JavaScript and cookies to continue</noscript>
<div>alder.example needs to review the security of your connection before proceeding.</div></div></body></html>"""
DENIED = """<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>
You don't have permission to access "http&#58;&#47;&#47;alder&#46;example&#47;" on this server.<P>Reference&#32;&#35;18&#46;1</BODY></HTML>"""
BLOCKED = """<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1>
<h2>You are unable to access alder.example</h2><p>This website is using a security service to protect itself from online attacks.
The action you just performed triggered the security solution.</p></body></html>"""
HUMAN = """<html><head><title>alder.example</title></head><body><p>Please verify you are a human</p>
<p>Access to this page has been denied because we believe you are using automation tools to browse the website.</p></body></html>"""
MISSING = """<html><head><title>The Alder Post</title><meta property="og:type" content="website"></head><body>
<header><nav><a href="/">Home</a><a href="/valley">Valley</a></nav></header><main><h1>Page not found</h1>
<p>The page you are looking for may have been moved. Try the search, or go back to our home page and start again from there.</p></main>
<footer><p>© 2024 The Alder Post</p></footer></body></html>"""
CONSENT = """<html><head><title>The Alder Post</title></head><body><div><h1>{}</h1>
<p>{}</p><button>Accept all</button><button>Reject all</button></div></body></html>"""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (CLOUDFLARE, "a bot check, not an article"),
        (DENIED, "a bot check, not an article"),
        (BLOCKED, "a bot check, not an article"),
        (HUMAN, "a bot check, not an article"),
        (MISSING, "an error page sent with status 200"),
        (MISSING.replace("Page not found", "404"), "an error page sent with status 200"),
        (MISSING.replace("Page not found", "Seite nicht gefunden"), "an error page sent with status 200"),
        (MISSING.replace("Page not found", "Página no encontrada"), "an error page sent with status 200"),
        (MISSING.replace("Page not found", "Page introuvable"), "an error page sent with status 200"),
        (
            CONSENT.format(
                "Before you continue", "We use cookies to deliver and maintain our services, and to measure."
            ),
            "a consent wall, not an article",
        ),
        (
            CONSENT.format("Alder", "We and our 842 partners store and access information on your device for ads."),
            "a consent wall, not an article",
        ),
        (
            CONSENT.format("Wir benötigen Ihre Zustimmung", "Um diese Seite zu lesen, stimmen Sie der Werbung zu."),
            "a consent wall, not an article",
        ),
    ],
)
def test_a_wall_or_error_page_is_refused_by_name(body, reason):
    with pytest.raises(NotAnArticle) as caught:
        extract(body.encode(), url=URL, content_type="text/html; charset=utf-8")
    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize("title", ["Page not found", "Access denied", "We value your privacy", "Just a moment"])
def test_an_article_that_its_page_calls_one_is_read_whatever_its_title(page, story, title):
    article = extract(page(story[:2], title=title), url=URL, content_type="text/html")
    assert article.title == title
    assert article.text.split("\n") == list(story[:2])


@pytest.mark.parametrize(
    "head",
    ["<meta property='og:type' content='article'>", "<meta name='date' content='2024-05-02'>"],
    ids=["type", "date"],
)
def test_a_type_or_a_date_is_enough(story, head):
    body = f"<html><head><title>Access denied</title>{head}</head><body><h1>Access denied</h1><p>{story[0]}</p></body></html>"
    assert story[0] in extract(body.encode(), url=URL, content_type="text/html").text


def test_an_article_of_usual_length_is_read_without_metadata(story):
    text = "".join(f"<p>{line}</p>" for line in (*story, *(f"And again: {line}" for line in story)))
    body = f"<html><head><title>Page not found</title></head><body><h1>Page not found</h1>{text}</body></html>"
    assert story[0] in extract(body.encode(), url=URL, content_type="text/html").text


def test_a_short_article_about_a_wall_is_read_without_metadata(story):
    title = "Access denied to aid convoys at the northern crossing"
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{story[0]}</p><p>{story[1]}</p></body></html>"
    assert extract(body.encode(), url=URL, content_type="text/html").title == title


def test_a_cookie_banner_does_not_make_a_short_article_a_wall(story):
    banner = (
        "<div class='cookie-banner'><h2>We value your privacy</h2><p>We use cookies.</p><button>Accept</button></div>"
    )
    text = "".join(f"<p>{line}</p>" for line in story[:3])
    body = f"<html><head><title>Dam</title></head><body>{banner}<article><h1>Alder dam gives way</h1>{text}</article></body></html>"
    assert story[0] in extract(body.encode(), url=URL, content_type="text/html").text
