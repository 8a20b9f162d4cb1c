"""The article and nothing but the article: its lines whole and in order, everything else kept aside with a reason."""

# ruff: noqa: E501 - paragraphs are written as they are read

from __future__ import annotations

import json
import pickle

import pytest

from archive.models import Article, Role
from crawler.extraction import EXTRACTOR, ExtractionSettings, NotAnArticle, extract, warm

URL = "https://alder.example/valley/dam"


def read(body: bytes, url: str = URL) -> Article:
    return extract(body, url=url, content_type="text/html")


def role_of(article: Article, start: str) -> Role:
    return next(block.role for block in article.blocks if block.text.startswith(start))


def test_the_text_is_the_storys_paragraphs_and_no_furniture(page, story):
    article = read(page(story))
    assert article.text.split("\n") == list(story)
    assert article.title == "Alder dam gives way after a week of rain"
    assert article.authors == ("Jo Park",)


def test_what_was_taken_out_is_kept_with_role_and_reason(page, story):
    article = read(page(story))
    assert role_of(article, "By Jo Park") is Role.FURNITURE
    assert role_of(article, "Updated 3 minutes") is Role.FURNITURE
    assert role_of(article, "Back to top") is Role.FURNITURE
    assert role_of(article, "Read next") is Role.PROMO
    assert all(block.reason for block in article.removed)


def test_only_furniture_changed_so_the_article_did_not(page, story):
    before = read(page(story))
    after = read(
        page(
            story,
            shares=3481,
            ticker="ALD 1,187.55 -1.37%",
            beside="".join(
                f"<li><a href='/{n}'>Quite another story, number {n}, of the day</a></li>" for n in range(9)
            ),
        )
    )
    assert (before.title, before.authors, before.text, before.corrections) == (
        after.title,
        after.authors,
        after.text,
        after.corrections,
    )


@pytest.mark.parametrize(
    "notice",
    [
        "<p>Correction: An earlier version of this article gave the wrong year for the dam.</p>",
        "<aside class='note'><p>Correction: The dam was built in 1931, not in 1913.</p></aside>",
        "<div class='correction-box'><p>The dam was built in 1931.</p></div>",
        "<div class='box'><h4>Correction</h4><p>The name of Marta Kolb was misspelled.</p></div>",
        "<p>The word “old,” which was removed from paragraph 1, has been added in this story.</p>",
    ],
)
def test_a_correction_notice_is_found_wherever_it_stands(page, story, notice):
    for where in ("between", "after"):
        article = read(page(story, **{where: notice}))
        assert len(article.corrections) == 1, where
        assert article.text.split("\n") == list(story)


@pytest.mark.parametrize(
    "sentence",
    [
        "The government corrected its forecast to 3% on Monday, and said that the dam would be paid for from the reserve.",
        "Analysts called it a market correction: stocks of the three builders fell by a tenth before the bell on Friday.",
        "An earlier version of the dam, made of oak and clay, had been swept away in the flood of 1899, the archive shows.",
        "It was corrected to plan, the engineer said, and that is why nobody in the valley had thought of leaving at all.",
    ],
)
def test_a_sentence_about_corrections_stays_text(page, story, sentence):
    article = read(page([*story[:3], sentence, *story[3:]]))
    assert sentence in article.text
    assert article.corrections == ()


def test_credits_bios_promos_and_standards_have_their_roles(page, story):
    after = """<p><a href="/register">Register by going here.</a></p>
      <p class="sign-off">Jo Park and Li Wei contributed to the reporting; Jo Park wrote the article; Ana Ruiz edited it.</p>
      <p>The Alder Post Trust Principles are our standards. <a href="/t"><span class="visually-hidden">Launches a new tab.</span></a></p>
      <div class="author-bio"><p>Jo grew up by the river and has written of floods for as long as anyone can remember them.</p></div>
      <p>correspondent covering rivers with a focus on the Alder. has reported from more than twenty countries.</p>
      <p><a href="#top">scroll to top</a></p>"""
    article = read(page(story, after=after))
    assert article.text.split("\n") == list(story)
    assert article.credits == (
        "Jo Park and Li Wei contributed to the reporting; Jo Park wrote the article; Ana Ruiz edited it.",
    )
    assert role_of(article, "Register by going") is Role.PROMO
    assert role_of(article, "The Alder Post Trust Principles") is Role.FURNITURE
    assert role_of(article, "Jo grew up") is Role.BIO
    assert role_of(article, "correspondent covering") is Role.BIO
    assert "author bio" in next(block.reason for block in article.blocks if block.text.startswith("Jo grew up"))
    assert role_of(article, "scroll to top") is Role.FURNITURE


def test_a_newsletter_box_inside_the_text_goes_and_the_text_around_it_stays(page, story):
    box = "<aside class='promo'><h4>Sign up for our newsletter</h4><p>The day's best stories in your inbox.</p></aside>"
    article = read(page(story, between=box))
    assert article.text.split("\n") == list(story)
    assert role_of(article, "Sign up for our newsletter") is Role.PROMO


def test_a_label_goes_and_its_line_stays(page, story):
    lines = [
        *story[:2],
        'The council’s <a href="/r" target="_blank">report, opens new tab</a> says that the wall was sound until the night of the flood.',
        'A second <a href="/s">report<span class="sr-only"> (opens in a new window)</span></a> by the university says that it was not.',
        *story[2:],
    ]
    text = read(page(lines)).text
    assert "The council’s report says that the wall was sound" in text
    assert "A second report by the university says" in text


def test_headings_quotes_and_lists_are_text_with_roles_of_their_own(page, story):
    inner = (
        "<h2>What is known of the dam</h2><p>It held back a lake of nine square kilometres, the largest of the region.</p>"
        "<ul><li>The wall was forty metres high, and six metres thick at its foot.</li>"
        "<li>The lake fed two power stations and the water works of the town.</li></ul>"
        "<blockquote><p>Nothing is as patient as water, and nothing is as strong, my father used to say.</p></blockquote>"
    )
    article = read(page(story, between=inner))
    assert role_of(article, "What is known") is Role.HEADING
    assert role_of(article, "The wall was forty") is Role.LIST
    assert role_of(article, "Nothing is as patient") is Role.QUOTE
    assert "What is known of the dam" in article.text.split("\n")


GERMAN = (
    "Die Feuerwehr pumpt seit Dienstag Wasser aus dem Erlental, einen Tag nachdem der alte Damm im Regen gebrochen ist.",
    "Rund 400 Menschen verbrachten die Nacht in der Turnhalle, wo die Gemeinde Decken, Suppe und Socken verteilte.",
    "„Wir haben es gehört, bevor wir es sahen“, sagte Marta Kolb, die mit ihren Söhnen die unteren Wiesen bewirtschaftet.",
    "Der Minister will das Tal am Donnerstag besuchen; drei Richter sollen klären, was im Frühjahr versäumt worden ist.",
)
SPANISH = (
    "Los ingenieros empezaron el martes a sacar el agua del valle del Aliso, un día después de que cediera la presa.",
    "Unas 400 personas pasaron la noche en la escuela, donde el ayuntamiento repartió mantas, sopa y calcetines secos.",
    "«Lo oímos antes de verlo», dijo Marta Kolb, que cultiva los prados bajos con sus dos hijos y un perro llamado Otto.",
    "El ministro visitará el valle el jueves, y una comisión de tres jueces estudiará qué fue lo que falló en marzo.",
)
FRENCH = (
    "Les ingénieurs ont commencé mardi à pomper l’eau de la vallée de l’Aulne, au lendemain de la rupture du barrage.",
    "Quelque 400 personnes ont passé la nuit à l’école, où la mairie a distribué couvertures, soupe et chaussettes.",
    "« Nous l’avons entendu avant de le voir », a dit Marta Kolb, qui cultive les prés du bas avec ses deux fils.",
    "Le ministre se rendra jeudi dans la vallée, et trois juges chercheront à savoir ce qui n’a pas marché en mars.",
)


@pytest.mark.parametrize(
    ("lang", "lines", "after", "correction"),
    [
        (
            "de",
            GERMAN,
            "<p>Korrektur: In einer früheren Version dieses Artikels stand ein falsches Jahr.</p><p>(dpa)</p>"
            "<p>Jetzt für unseren Newsletter anmelden</p><p>Nach oben</p>",
            "Korrektur: In einer früheren Version dieses Artikels stand ein falsches Jahr.",
        ),
        (
            "es",
            SPANISH,
            "<p>Fe de errores: la presa se construyó en 1931.</p><p>Con información de EFE</p>"
            "<p>Suscríbete a nuestro boletín</p><p>Volver arriba</p>",
            "Fe de errores: la presa se construyó en 1931.",
        ),
        (
            "fr",
            FRENCH,
            "<p>Rectificatif : le barrage date de 1931.</p><p>(Reportage de Marie Dupont, édité par Paul Roux)</p>"
            "<p>Inscrivez-vous à notre newsletter</p><p>Retour en haut</p>",
            "Rectificatif : le barrage date de 1931.",
        ),
    ],
)
def test_other_languages_have_notices_credits_and_prompts_too(page, lang, lines, after, correction):
    article = read(page(lines, lang=lang, after=after))
    assert article.text.split("\n") == list(lines)
    assert article.corrections == (correction,)
    assert len(article.credits) == 1
    assert article.language == lang


def test_lines_that_only_link_to_other_stories_are_promos(page, story):
    article = read(page(story, between="<p><a href='/x'>Bakers go on strike over the price of flour</a></p>"))
    assert article.text.split("\n") == list(story)
    assert role_of(article, "Bakers go on strike") is Role.PROMO


def test_a_caption_is_no_text(page, story):
    figure = "<figure><img src='x.jpg'><figcaption>The broken dam on Tuesday. REUTERS/Jo Park</figcaption></figure>"
    article = read(page(story, between=figure))
    assert article.text.split("\n") == list(story)
    assert article.texts(Role.CAPTION) == ("The broken dam on Tuesday. REUTERS/Jo Park",)


def test_a_standfirst_is_text(story):
    lead = (
        "After a week of rain an old wall broke, and a valley learned what it had been living under for ninety years."
    )
    body = (
        f"<html><head><meta name='description' content='{lead}'></head><body><article><header><h1>Alder dam gives way</h1>"
        f"<p class='standfirst'>{lead}</p></header><div class='text'>{''.join(f'<p>{line}</p>' for line in story)}</div>"
        "</article></body></html>"
    )
    assert read(body.encode()).text.split("\n") == [lead, *story]


def test_a_text_cut_in_two_containers_comes_out_whole(story):
    halves = ["".join(f"<p>{line}</p>" for line in story[:3] * 2), "".join(f"<p>{line} Again.</p>" for line in story)]
    body = "<html><body><h1>Dam</h1><main>" + "<div class='ad'>Advertisement</div>".join(
        f"<section class='article-part'>{half}</section>" for half in halves
    )
    text = read(body.encode()).text
    assert story[0] in text
    assert f"{story[-1]} Again." in text


def test_a_page_for_subscribers_with_a_teaser_is_paywalled(page, story):
    prompt = "<div class='wall'><p>Subscribe to continue reading</p></div>"
    teaser = read(page(story[:2], after=prompt, ld={"isAccessibleForFree": "False"}))
    assert teaser.paywalled
    assert teaser.text.split("\n") == list(story[:2])


def test_a_whole_text_is_not_paywalled_whatever_the_page_says(page, story):
    assert not read(page(story * 4, ld={"isAccessibleForFree": False})).paywalled
    assert not read(page(story[:2])).paywalled


def test_an_app_shell_with_the_text_in_json_ld_is_an_article(story):
    ld = {"@type": "NewsArticle", "headline": "Dam", "articleBody": "\n\n".join(story)}
    body = f"<html><body><div id='app'></div><script type='application/ld+json'>{json.dumps(ld)}</script><p>Loading</p></body></html>"
    assert read(body.encode()).text.split("\n") == list(story)


@pytest.mark.parametrize("paid", [{"isAccessibleForFree": False}, {"hasPart": {"isAccessibleForFree": "False"}}])
def test_a_text_in_json_ld_does_not_get_round_a_paywall(page, story, paid):
    teaser = "Engineers began pumping water out of the Alder valley, a day after the old dam gave way in the rain."
    article = read(page([teaser], ld={"articleBody": "\n".join(story), **paid}))
    assert article.text == teaser
    assert article.paywalled


def test_an_app_shell_for_subscribers_has_no_text_to_show(story):
    ld = {"@type": "NewsArticle", "headline": "Dam", "articleBody": " ".join(story), "isAccessibleForFree": False}
    body = f"<html><body><script type='application/ld+json'>{json.dumps(ld)}</script><p>Loading</p></body></html>"
    with pytest.raises(NotAnArticle, match="subscribers"):
        read(body.encode())


@pytest.mark.parametrize(
    "meta",
    [
        "<meta property='article:content_tier' content='locked'>",
        "<meta itemprop='isAccessibleForFree' content='False'>",
    ],
)
def test_a_meta_element_says_that_a_page_is_not_free(page, story, meta):
    body = page(story[:1], ld={"articleBody": "\n".join(story)}).replace(b"<head>", b"<head>" + meta.encode())
    article = read(body)
    assert article.text == story[0]
    assert article.paywalled


def test_what_goes_out_pickles_and_stays_small(page, story):
    many = "".join(f"<li><a href='/{n}'>Another story of the valley, number {n}</a></li>" for n in range(2000))
    article = read(page(story, beside=many))
    assert pickle.loads(pickle.dumps(article)) == article  # noqa: S301
    assert len(article.removed) <= 200


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty body"),
        (b" \n ", "empty body"),
        (b"<html><body><div id='root'></div><script>app()</script></body></html>", "no text"),
        (
            b"<html><body><div id='root'></div><p>You need to enable JavaScript to run this app.</p></body></html>",
            "no article",
        ),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (bytes(range(256)) * 40, "binary"),
        (b"just some words", "no markup"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>", "feed"),
    ],
)
def test_what_is_no_article_says_why(body, reason):
    with pytest.raises(NotAnArticle, match=reason) as caught:
        read(body)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301
    assert "\n" not in str(caught.value)


def test_a_text_without_any_headline_is_no_article(story):
    text = "".join(f"<p>{line}</p>" for line in story)
    with pytest.raises(NotAnArticle, match="no headline in it"):
        read(f"<html><body>{text}</body></html>".encode())


@pytest.mark.parametrize("title", ["Dam", "Alder", "| Alder", "Alder | alder.example"])
def test_the_title_element_is_a_headline_where_there_is_no_other(story, title):
    text = "".join(f"<p>{line}</p>" for line in story)
    article = read(f"<html><head><title>{title}</title></head><body>{text}</body></html>".encode())
    assert article.title
    assert article.title in title


@pytest.mark.timeout(30)
def test_a_page_nested_beyond_reading_says_so():
    with pytest.raises(NotAnArticle, match=r"nested too deeply to read \(\d{4,} levels\)"):
        read(b"<html><head><title>Dam</title></head><body>" + b"<div>" * 100_000 + b"<p>deep")


def test_a_page_of_links_is_no_article():
    links = "".join(f"<li><a href='/{n}'>A headline about matter number {n} of the day</a></li>" for n in range(40))
    with pytest.raises(NotAnArticle, match="links"):
        read(f"<html><body><ul>{links}</ul></body></html>".encode())


def test_a_home_page_is_no_article():
    teasers = "".join(
        f"<div class='card'><h3><a href='/{n}'>Headline number {n} of today's paper</a></h3>"
        f"<p>What it is about, in a line, {n}.</p></div>"
        for n in range(30)
    )
    body = f"<html><head><meta property='og:type' content='website'></head><body><main>{teasers}</main></body></html>"
    with pytest.raises(NotAnArticle, match="section"):
        read(body.encode())


def test_the_extractor_names_itself_and_trafilatura():
    assert EXTRACTOR.startswith("stet-extraction/")
    assert "trafilatura/2." in EXTRACTOR


def test_warming_is_harmless_and_repeatable():
    warm()
    warm()


def test_a_box_with_a_sentence_in_the_story_is_part_of_it(page, story):
    note = "Whoever lives below the old mill can ask the council for a place to sleep until Sunday."
    article = read(page(story, between=f"<div class='alert'>{note}</div>"))
    assert article.text.split("\n") == [*story[:3], note, *story[3:]]


def test_addresses_that_are_spelled_out_in_the_story_are_part_of_it(page, story):
    addresses = [f"https://alder.example/valley/report-{n}" for n in (1, 2, 3)]
    items = "".join(f"<li><a href='{address}'>{address}</a></li>" for address in addresses)
    article = read(page(story, between=f"<p>The reports:</p><ul>{items}</ul>"))
    assert article.text.split("\n") == [*story[:3], "The reports:", *addresses, *story[3:]]


TABLE = "<table><tr><th>Year</th><th>Height</th></tr><tr><td>1931</td><td>40 metres</td></tr></table>"
TWEET = "<blockquote class='twitter-tweet'><p>The water came over the wall at four this morning.</p></blockquote>"


@pytest.mark.parametrize(
    ("markup", "role", "line", "setting"),
    [
        (TABLE, Role.TABLE, "1931 40 metres", "tables"),
        (TWEET, Role.EMBED, "The water came over the wall at four this morning.", "embeds"),
    ],
)
def test_what_people_differ_on_has_a_role_and_is_text_or_not_by_setting(page, story, *, markup, role, line, setting):
    body = page(story, between=markup)
    article = read(body)
    assert line in article.texts(role)
    assert line in article.text.split("\n")
    without = extract(body, url=URL, content_type="text/html", settings=ExtractionSettings(**{setting: False}))
    assert line in without.texts(role)
    assert without.text.split("\n") == list(story)


def test_a_standfirst_is_text_or_not_by_setting(page, story):
    summary = "The old dam above the valley has given way, and hundreds spend the night elsewhere."
    body = page(story).replace(
        b'<div class="byline">', f'<p class="standfirst">{summary}</p><div class="byline">'.encode()
    )
    assert read(body).text.split("\n") == [summary, *story]
    without = extract(body, url=URL, content_type="text/html", settings=ExtractionSettings(standfirst=False))
    assert without.texts(Role.STANDFIRST) == (summary,)
    assert without.text.split("\n") == list(story)


def test_teasers_of_other_stories_after_the_text_are_not_part_of_it(page, story):
    others = "".join(
        f"<h3><a href='/{n}'>Another matter of the day, number {n}</a></h3><p>What it is about in a few words.</p>"
        for n in range(4)
    )
    article = read(
        page(story, after=f"<p>{'The council meets again on Friday to talk about the dam. ' * 4}</p>{others}")
    )
    assert "in a few words" not in article.text
    assert "The council meets again" in article.text


def test_a_text_from_json_ld_holds_no_references(page):
    said = "It&#8217;s the town&rsquo;s R&amp;D, said the mayor. " * 12
    article = read(page(["Short."], ld={"articleBody": f"{said}<br>The end of it."}))
    assert article.text.split("\n")[0].startswith("It’s the town’s R&D, said the mayor.")
    assert article.text.split("\n")[-1] == "The end of it."


def test_bold_lines_that_open_a_paragraph_are_paragraphs(story):
    opened = f"<strong>Spring 2026<br>What comes next</strong><br>{story[1]}"
    text = read(
        f"<html><body><main><h1>Dam</h1><p>{story[0]}</p><p>{opened}</p><p>{story[2]}</p></main></body></html>".encode()
    ).text
    assert text.split("\n") == [story[0], "Spring 2026", "What comes next", story[1], story[2]]


def test_a_bold_sentence_that_is_wrapped_stays_whole(story):
    wrapped = "<b>The wall had stood for<br>ninety years.</b> Nobody had looked."
    body = f"<html><body><main><h1>Dam</h1><p>{story[0]}</p><p>{wrapped}</p><p>{story[1]}</p></main></body></html>"
    assert "The wall had stood for ninety years. Nobody had looked." in read(body.encode()).text.split("\n")


@pytest.mark.parametrize(
    ("line", "is_text"),
    [
        ("Follow the office of the Alder Dam Company on Twitter, @AlderDam.", True),
        ("Follow the Alder Post on Twitter, @AlderPost.", False),
        ("Follow Alder Dam news on Twitter", False),
    ],
)
def test_a_call_to_follow_whom_the_story_is_about_is_text(story, line, is_text):
    paragraphs = "".join(f"<p>{each}</p>" for each in (*story, line))
    body = f"<html><body><main><h1>Alder Dam gives way</h1>{paragraphs}</main></body></html>"
    assert (line in read(body.encode()).text.split("\n")) is is_text


def test_a_sentence_below_the_headline_that_is_the_description_is_text(story):
    body = (
        "<html><head><meta property='og:description' content='The Alder dam.'></head><body><main><h1>The Alder dam</h1>"
        f"<div><p>The Alder dam.</p></div>{''.join(f'<p>{line}</p>' for line in story)}</main></body></html>"
    )
    assert read(body.encode()).text.split("\n") == ["The Alder dam.", *story]
