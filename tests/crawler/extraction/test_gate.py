"""What stands in an article's place with status 200 is refused by name; an article about such things is read."""

# ruff: noqa: E501 - paragraphs are written as they are read

from __future__ import annotations

import pickle
from html import escape

import pytest

from archive.models import Outcome
from crawler.extraction import NotAnArticle, extract
from crawler.extraction.patterns import signs

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


def refusal(body: str, url: str = URL) -> tuple[Outcome, str]:
    """What the page is refused as."""
    with pytest.raises(NotAnArticle) as caught:
        extract(body.encode(), url=url, content_type="text/html; charset=utf-8")
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - as it comes out of the pool
    return error.outcome, str(error)


def read(body: str, url: str = URL) -> str:
    """The text that is read of the page."""
    return extract(body.encode(), url=url, content_type="text/html; charset=utf-8").text


def paragraphs(lines) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)


def plain(inside: str, title: str = "The Alder Post", head: str = "") -> str:
    """A page that says nothing of itself."""
    return f"<html><head><title>{title}</title>{head}</head><body>{inside}</body></html>"


# Bot checks


CHALLENGES = [(known, line) for known in signs.challenges() for line in known.examples]


@pytest.mark.parametrize(("known", "line"), CHALLENGES, ids=lambda value: getattr(value, "reason", None))
def test_a_bot_check_is_known_by_its_markup_whatever_its_words(known, line):
    outcome, reason = refusal(plain(f"<div><h1>alder.example</h1><p>Un attimo, torniamo subito.</p>{line}</div>"))
    assert (outcome, reason) == (Outcome.BLOCKED, f"a bot check, not an article: {known.reason}")


def test_a_bot_check_without_a_word_is_one_too():
    assert (
        refusal(plain("<iframe src='https://geo.captcha-delivery.com/captcha/?cid=A'></iframe>"))[0] is Outcome.BLOCKED
    )


@pytest.mark.parametrize("line", [line for known in signs.challenges() for line in known.never])
def test_what_bot_managers_leave_on_every_page_is_no_check(line, story):
    body = plain(f"<article><h1>Alder dam gives way</h1>{paragraphs(story[:2])}</article>{line}")
    assert story[0] in read(body)


def test_an_article_about_bot_checks_may_show_their_markup(page, story):
    shown = [*story[:2], "The page held <form id='challenge-form'> and window._cf_chl_opt, and nothing else to read."]
    assert shown[2] in read(page([escape(line) for line in shown], title="Just a moment").decode())


# Consent walls

WALLS_OF_CONSENT = {
    "en": (
        "We and our 612 partners store and access personal data, such as cookies and unique identifiers, on your device.",
        "You may accept or manage your choices by clicking below, including your right to object where legitimate interest is used, or at any time in our privacy policy.",
        "We and our partners process data for these purposes: personalised advertising, measurement of ads, and the development of our services.",
        "Your consent covers all devices on which you sign in. You can withdraw your consent or change your preferences whenever you like.",
        "Some vendors may process your personal data on the basis of legitimate interest, which you can object to by managing your preferences.",
        "We use cookies to remember you, to limit how often you see our ads, and to learn how you use our pages. Partners combine these data with other data about you.",
    ),
    "de": (
        "Wir und unsere 214 Partner verarbeiten personenbezogene Daten, zum Beispiel Ihre Kennungen und Cookies, um Ihnen Werbung zu zeigen.",
        "Mit Ihrer Einwilligung nutzen wir Cookies und ähnliche Verfahren auf Ihrem Gerät. Sie können Ihre Zustimmung jederzeit in den Einstellungen widerrufen.",
        "Unsere Partner verarbeiten Ihre Daten teils auf der Grundlage berechtigter Interessen. Sie haben das Recht, dem in den Einstellungen zum Datenschutz zu widersprechen.",
        "Zwecke der Verarbeitung sind personalisierte Werbung und Anzeigen, deren Messung, und die Verbesserung unserer Angebote für Sie.",
        "Ihre Einwilligung gilt für alle Geräte, auf denen Sie sich anmelden. Drittanbieter führen Ihre Daten mit anderen Daten von Ihnen zusammen.",
    ),
    "es": (
        "Nosotros y nuestros 730 socios tratamos datos personales, como sus cookies, para mostrarle publicidad personalizada en su dispositivo.",
        "Con su consentimiento, nuestros socios almacenan cookies en sus dispositivos y tratan sus datos con fines de medición de anuncios.",
        "Puede retirar su consentimiento o cambiar sus preferencias en nuestra política de privacidad. Algunos proveedores tratan sus datos por interés legítimo, y usted puede oponerse.",
        "Nuestras finalidades son: publicidad personalizada, medición de anuncios, perfiles de publicidad, y la mejora de nuestros servicios para usted.",
    ),
    "fr": (
        "Avec votre accord, nous et nos 158 partenaires utilisons des cookies et traitons vos données personnelles sur votre appareil.",
        "Nos finalités sont les suivantes : publicité personnalisée, mesure de la publicité, profils de publicité, et amélioration de nos services pour vous.",
        "Vous pouvez retirer votre consentement dans notre politique de confidentialité. Certains partenaires traitent vos données sur la base de leur intérêt légitime.",
        "Votre consentement vaut pour tous vos appareils, et nos fournisseurs peuvent croiser vos données avec d'autres données sur vous.",
    ),
    "it": (
        "Noi e i nostri 412 partner archiviamo cookie sul tuo dispositivo e trattiamo i tuoi dati personali per mostrarti annunci personalizzati.",
        "Puoi revocare il tuo consenso nelle tue preferenze in qualsiasi momento. Alcuni fornitori trattano i tuoi dati per un legittimo interesse, a cui puoi opporti.",
        "Le nostre finalità sono: pubblicità, misurazione degli annunci, profili di pubblicità, e i nostri servizi sui tuoi dispositivi.",
    ),
    "pt": (
        "Nós e os nossos 380 parceiros armazenamos cookies no seu dispositivo e tratamos os seus dados pessoais para lhe mostrar publicidade.",
        "Você pode retirar o seu consentimento nas suas preferências. Alguns fornecedores tratam os seus dados por interesse legítimo, e você pode opor-se.",
        "As nossas finalidades são: anúncios e publicidade, medição, perfis de publicidade, e os nossos serviços nos seus dispositivos.",
    ),
    "nl": (
        "Wij en onze 501 partners gebruiken cookies op uw apparaat en verwerken uw persoonsgegevens om u advertenties te tonen.",
        "U kunt uw toestemming op elk moment intrekken via uw voorkeuren. Sommige leveranciers verwerken uw gegevens op grond van een gerechtvaardigd belang.",
        "Onze doeleinden zijn gepersonaliseerde advertenties, meting van reclame, profielen, en onze diensten op uw apparaten.",
    ),
}
CHOICES = {known.language: known.examples[0] for known in signs.consents()}


@pytest.mark.parametrize("language", WALLS_OF_CONSENT)
@pytest.mark.parametrize("times", [1, 4])
def test_a_consent_text_of_any_length_is_no_article(language, times):
    text = paragraphs(WALLS_OF_CONSENT[language] * times)
    outcome, reason = refusal(plain(f"<div><h1>The Alder Post</h1>{text}<button>{CHOICES[language]}</button></div>"))
    assert outcome is Outcome.BLOCKED
    assert reason.startswith("a consent wall, not an article")


@pytest.mark.parametrize("known", signs.consents(), ids=lambda known: known.language)
def test_a_choice_is_a_whole_label(known):
    assert all(known.choice.fullmatch(line) for line in known.examples)
    assert not any(other.choice.fullmatch(line) for other in signs.consents() for line in known.never[1:])


COOKIE_STORY = {
    "en": (
        "The regulator fined three publishers on Monday for setting advertising cookies before readers had given their consent.",
        "The ruling, the first of its kind, says that a banner must let people reject tracking as easily as accept it.",
        "Privacy groups, which had complained in 2021, called the decision overdue. The publishers said they would appeal.",
        "Some 600 partners received personal data each time a page was opened, the regulator found, among them data brokers.",
        "A spokeswoman for the largest of them said the company had changed its consent forms in March, before the inquiry ended.",
    ),
    "de": (
        "Das Gericht hat am Montag drei Verlagen untersagt, Cookies für Werbung zu setzen, bevor Leser eingewilligt haben.",
        "Das Urteil ist das erste seiner Art. Ein Banner müsse das Ablehnen so leicht machen wie das Zustimmen, hieß es.",
        "Datenschützer, die 2021 geklagt hatten, nannten die Entscheidung überfällig. Die Verlage wollen Berufung einlegen.",
        "Rund 600 Partner erhielten nach den Feststellungen des Gerichts bei jedem Aufruf Daten, darunter auch Adresshändler.",
    ),
    "fr": (
        "L'autorité a sanctionné lundi trois éditeurs qui déposaient des cookies publicitaires avant tout consentement.",
        "La décision, première du genre, exige qu'un bandeau permette de refuser les traceurs aussi facilement que de les accepter.",
        "Les associations, qui avaient saisi l'autorité en 2021, jugent la sanction tardive. Les éditeurs feront appel.",
    ),
}
BANNER = "<div class='banner'><p>We use cookies. You can manage your choices.</p><button>Accept all</button><button>Tout accepter</button><button>Alle akzeptieren</button></div>"


@pytest.mark.parametrize("language", COOKIE_STORY)
def test_an_article_about_cookies_under_a_cookie_banner_is_read_without_metadata(language):
    story = COOKIE_STORY[language]
    text = read(plain(f"{BANNER}<main><h1>Fines for cookies</h1>{paragraphs(story)}</main>"))
    assert text.endswith(story[-1])


def test_a_letter_of_the_editors_about_consent_is_read_where_it_is_called_an_article(page):
    assert WALLS_OF_CONSENT["en"][0] in read(
        page(WALLS_OF_CONSENT["en"], after=BANNER, title="Your data and us").decode()
    )


# Error pages

RECOMMENDED = "".join(
    f"<h3><a href='/2024/05/0{n}/story-{n}'>Council in the Alder valley votes on bridge number {n} after a long night of talks</a></h3>"
    for n in range(1, 10)
)


@pytest.mark.parametrize(
    "title", ["Page not found", "404", "Seite nicht gefunden", "Página no encontrada", "Page introuvable"]
)
def test_an_error_page_full_of_other_stories_is_one_still(title):
    outcome, reason = refusal(
        plain(f"<main><h1>{title}</h1><p>Perhaps one of these helps.</p>{RECOMMENDED * 3}</main>")
    )
    assert (outcome, reason) == (Outcome.NOT_ARTICLE, f"an error page sent with status 200: “{title}”")


def test_an_article_about_error_pages_is_read_without_metadata(story):
    title = "404: the number that became a joke"
    assert story[0] in read(plain(f"<main><h1>{title}</h1>{paragraphs(story[:3])}</main>", title=title))


# App shells

SHELLS = [
    "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div><script src='/app.js'></script>",
    "<div id='__next'></div><script src='/a.js'></script>",
    "<app-root>Loading…</app-root><script src='/a.js'></script>",
    "<noscript><p>Bitte aktivieren Sie JavaScript.</p></noscript><div class='page'><p>Laden…</p></div><script src='/a.js'></script>",
]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("head", ["", "<meta property='og:type' content='article'>"], ids=["unmarked", "marked"])
def test_a_page_whose_text_comes_by_script_is_no_article(shell, head):
    outcome, reason = refusal(plain(shell, title="Alder dam gives way", head=head))
    assert outcome is Outcome.NOT_ARTICLE
    assert "comes by script" in reason


@pytest.mark.parametrize("shell", SHELLS)
def test_a_page_that_asks_for_script_and_has_its_text_is_read(shell, story):
    assert story[0] in read(plain(f"{shell}<article><h1>Dam</h1>{paragraphs(story[:2])}</article>"))


def test_a_news_flash_on_a_page_with_script_is_read(page):
    flash = (
        "The old dam in the Alder valley gave way on Monday night; the road to the village is closed, the council says."
    )
    assert read(page(["", flash], after=SHELLS[0]).decode()) == flash


@pytest.mark.parametrize("known", signs.noscripts(), ids=lambda known: known.language)
def test_a_line_asks_for_script_or_speaks_of_it(known):
    assert all(known.says.search(line) for line in known.examples)
    assert not any(signs.asks_for_script(line) for line in known.never)


# Downloads that broke off


def test_a_page_that_broke_off_is_an_error_wherever_it_did(page, story):
    whole = page([line + " " + line for line in story]).decode()
    first, last = whole.index(story[0]), whole.index("</article>")
    for at in (whole.index("ld+json") + 60, first + 250, first + 40, whole.index("<aside") + 3, last - 80):
        outcome, reason = refusal(whole[:at])
        assert outcome is Outcome.ERROR, (at, whole[at - 40 : at])
        assert reason.startswith("the download is cut off: it")


def test_what_html_lets_a_page_leave_open_says_nothing(story):
    lines = "<p>".join(story)
    body = f"<!doctype html><title>Dam</title><h1>Alder dam gives way</h1><p>{lines}"
    assert story[0] in read(body)
    assert story[0] in read(body.rstrip("."))
    assert story[0] in read(f"<html><body><div><h1>Dam</h1><p>{lines}</p><p>Jo Park, Alder")


def test_a_page_with_a_comment_after_its_end_is_whole(page, story):
    assert story[0] in read(page(story).decode() + "<!-- served by 7" + " " * 4000)


# Section indexes and pages of the site's own


def listing(teaser: str, count: int = 12) -> str:
    return "".join(
        f"<h2><a href='/story-{n}'>The council votes on bridge number {n} tonight</a></h2><p>{teaser}</p>"
        for n in range(count)
    )


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<meta property='og:type' content='website'>",
        '<script type="application/ld+json">{"@type": "CollectionPage", "name": "Valley"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "ItemList", "itemListElement": []}]}</script>',
    ],
    ids=["nothing", "website", "collection", "list"],
)
def test_a_list_of_headlines_is_no_article(head):
    teaser = "The vote is expected to be close, and the night to be a long one, as so often in this valley of bridges."
    outcome, reason = refusal(plain(f"<main><h1>Valley</h1>{listing(teaser)}</main>", head=head))
    assert outcome is Outcome.NOT_ARTICLE
    assert reason == "a section or home page: 12 linked headlines"


def test_a_story_with_linked_headings_all_around_is_read(story):
    rail = listing("", 20)
    assert story[0] in read(plain(f"<main><h1>Dam</h1>{paragraphs(story)}</main><div>{rail}</div>"))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("AboutPage", "a page about the site"),
        ("ContactPage", "a page about the site"),
        ("ProfilePage", "a person's page"),
    ],
)
def test_a_page_of_the_sites_own_that_says_so_is_no_article(kind, reason, story):
    head = f'<script type="application/ld+json">{{"@type": "{kind}"}}</script>'
    assert refusal(plain(f"<main><h1>Alder</h1>{paragraphs(story)}</main>", head=head)) == (Outcome.NOT_ARTICLE, reason)


def test_a_page_of_the_sites_own_is_known_by_its_address(story):
    body = plain(f"<main><h1>Who we are</h1>{paragraphs(story)}</main>")
    for path in ("about-us", "impressum", "company/contact.html", "en/privacy-policy"):
        assert "by its address" in refusal(body, f"https://alder.example/{path}")[1]
    for path in ("about-a-dam", "valley/2024/contact", "privacy-policy-of-the-dam-council-leaks"):
        assert story[0] in read(body, f"https://alder.example/{path}")


def test_a_video_with_hardly_any_text_is_no_article(story):
    body = plain(f"<main><h1>Alder dam gives way</h1><div class='player'></div><p>{story[0]}</p></main>")
    assert refusal(body, "https://alder.example/valley/video/dam-1234")[1] == "a video with hardly any text"
    head = "<meta property='og:type' content='video.other'>"
    assert refusal(body.replace("</head>", f"{head}</head>"))[0] is Outcome.NOT_ARTICLE
    assert story[0] in read(body)


# Teasers


def teaser(line: str, prompt: str) -> bool:
    body = plain(
        f"<article><h1>Alder dam gives way</h1><p>{DAM_LINE}</p><p>{line}</p><div><p>{prompt}</p></div></article>"
    )
    return extract(body.encode(), url=URL, content_type="text/html; charset=utf-8").paywalled


DAM_LINE = (
    "Engineers began pumping water out of the Alder valley on Tuesday, a day after the old dam gave way in the rain."
)
PROMPTS = {
    "en": "Subscribe to continue reading",
    "en, registration": "Create a free account to read on",
    "de": "Weiterlesen mit Abo",
    "es": "Para continuar leyendo, suscríbete.",
    "fr": "Cet article est réservé aux abonnés.",
}


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
@pytest.mark.parametrize("end", ["…", "...", "", ","])
def test_a_text_that_breaks_off_at_a_prompt_is_a_teaser_whatever_the_page_says(prompt, end):
    assert teaser(f"About 400 people spent the night in the school hall, where the council handed{end}", prompt)


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_a_text_that_ends_is_whole_though_a_prompt_follows(prompt):
    assert not teaser("About 400 people spent the night in the school hall, where the council handed out soup.", prompt)


def test_a_text_that_breaks_off_without_a_prompt_is_no_teaser():
    assert not teaser(
        "About 400 people spent the night in the school hall, where the council handed…",
        "Jo Park reports from the valley.",
    )


def test_a_page_for_subscribers_without_a_line_of_text_is_behind_a_paywall():
    head = '<meta property="og:type" content="article"><meta property="article:content_tier" content="locked">'
    assert refusal(plain("<article><h1>Alder dam gives way</h1></article>", head=head))[0] is Outcome.PAYWALLED
