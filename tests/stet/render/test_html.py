"""The HTML stands alone, is valid, can be used without eyes or a mouse, and takes nothing from the web for markup."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.sheets import sheet_of, version

from archive.compare.versions.parts import Part
from archive.models import Article, Block, Role
from stet.render.html import paper, render_fragment, render_html, stylesheet
from stet.render.sheet import lay_out

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

STORY = Article(
    "Bridge to open in June",
    ("Ruth Ames",),
    None,
    None,
    "en",
    (
        Block(Role.BODY, "The bridge will open in June. It cost 12 million euros. Nobody objected. Crowds came."),
        Block(Role.BODY, "Police were there. All went well. Trams ran late."),
    ),
)
EDITED = replace(
    STORY,
    title="Bridge to open in July",
    authors=("Jaime Soto",),
    blocks=(
        Block(Role.BODY, "Trams ran late. The bridge will open in July. It cost 12 million euros. Nobody objected."),
        Block(Role.BODY, "Crowds came. Police were there. A boat sank."),
        Block(Role.CORRECTION, "Correction: July."),
    ),
)
HEADS = ("thead", "tbody", "tr", "th", "td")


def page(before: Article, after: Article, **options: Any) -> Element:
    """The page as a browser reads it, which must find nothing wrong with it."""
    return parsed(render_html(sheet_of(before, after, **options)))


def parsed(text: str) -> Element:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def found(root: Element, path: str) -> list[str]:
    return [said(element) for element in root.findall(path)]


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_inline_each_change_has_its_heading_and_its_marks() -> None:
    inline = page(STORY, EDITED).find(".//section[@class='inline']")
    assert inline is not None
    assert found(inline, ".//h3") == ["Headline", "Byline", "Corrections", "Text"]
    assert found(inline, ".//h4") == [
        "Change 1 of 7: edited",
        "Change 2 of 7: edited",
        "Change 3 of 7: added",
        "Change 4 of 7: moved from sentence 7 to 1",
        "Change 5 of 7: edited",
        "Change 6 of 7: deleted",
        "Change 7 of 7: added",
    ]
    assert found(inline, ".//del") == ["June", "Ruth Ames", "June", "All went well."]
    assert found(inline, ".//ins") == ["July", "Jaime Soto", "Correction: July.", "July", "A boat sank."]
    assert found(inline, "./section//details/summary") == ["2 sentences unchanged"]
    assert "Bridge to open in June July" in found(inline, ".//p")


def test_side_by_side_is_a_table_whose_columns_are_the_versions() -> None:
    table = page(STORY, EDITED).find(".//section[@class='sides']/table")
    assert table is not None
    assert found(table, "./thead/tr/th[@scope='col']") == ["Change", "Before · version 1", "After · version 2"]
    assert found(table, ".//th[@scope='rowgroup']") == ["Headline", "Byline", "Corrections", "Text"]
    rows = [row for row in table.findall("./tbody/tr") if row.get("id")]
    assert [row.get("id") for row in rows] == [f"side-{number}" for number in range(1, 8)]
    assert all(row.find("./th[@scope='row']") is not None for row in rows)
    cells = [found(row, "./td/p") for row in rows]
    assert cells[0] == ["Bridge to open in June", "Bridge to open in July"]
    assert cells[2] == ["not there", "Correction: July."]
    assert cells[3] == ["Trams ran late.", "Trams ran late."]
    assert cells[5] == ["All went well.", "not there"]
    for row in rows:
        before, after = row.findall("./td")
        assert before.find(".//ins") is None
        assert after.find(".//del") is None


def test_each_change_says_what_kind_of_thing_it_changed() -> None:
    root = page(STORY, EDITED)
    inline, sides = (root.find(f".//section[@class='{view}']") for view in ("inline", "sides"))
    assert inline is not None
    assert sides is not None
    assert found(inline, ".//ul[@class='why']/li")[0] == "date: June → July"
    assert found(inline, ".//ul[@class='why']/li") == found(sides, ".//ul[@class='why']/li")


def test_what_was_observed_stands_before_the_changes() -> None:
    silent = replace(STORY, blocks=(Block(Role.BODY, "The bridge cost 12 million euros."),))
    dearer = replace(STORY, blocks=(Block(Role.BODY, "The bridge cost 21 million euros."),))
    root = page(silent, dearer)
    (note,) = found(root, ".//div[@class='note']/p")
    evidence = found(root, ".//div[@class='note']//li")
    assert note.startswith(f"Observed: {evidence[0]}; ")
    assert "no correction or update notice was added" in note
    assert len(evidence) > 3


def test_a_narrow_screens_stacked_cells_are_a_table_still() -> None:
    table = page(STORY, EDITED).find(".//section[@class='sides']/table")
    assert table is not None
    assert table.get("role") == "table"
    roles = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for element in table.iter():
        if element.tag in roles:
            assert element.get("role") == roles[str(element.tag)]
        if element.tag == "th":
            assert element.get("role") == ("columnheader" if element.get("scope") == "col" else "rowheader")


def test_every_link_within_the_page_leads_to_one_place() -> None:
    root = page(STORY, EDITED)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert set(ids.values()) == {1}
    targets = [link.get("href", "")[1:] for link in root.iter("a") if link.get("href", "").startswith("#")]
    assert set(targets) <= set(ids)
    for view in ("change", "side"):
        # From the list, from the one after it and from the one before it.
        assert Counter(targets)[f"{view}-1"] == 2
        assert Counter(targets)[f"{view}-4"] == 3
        assert Counter(targets)[f"{view}-7"] == 2
    assert targets[0] == "changes"


def test_whatever_is_named_by_another_element_has_that_name() -> None:
    root = page(STORY, EDITED)
    ids = {element.get("id") for element in root.iter()}
    for element in root.iter():
        assert element.get("aria-labelledby", next(iter(ids))) in ids
        if element.tag == "input":
            assert found(root, f".//label[@for='{element.get('id')}']")
        if element.tag == "a":
            assert said(element) or element.get("aria-label")


def test_the_view_is_chosen_by_two_radio_buttons_and_no_script() -> None:
    root = page(STORY, EDITED)
    assert found(root, ".//fieldset/legend") == ["View"]
    assert [(box.get("name"), box.get("checked")) for box in root.findall(".//fieldset/input")] == [
        ("view", ""),
        ("view", None),
    ]
    assert root.find(".//script") is None
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


def test_the_page_has_landmarks_and_its_headings_skip_no_level() -> None:
    root = page(STORY, EDITED)
    for landmark in ("header", "main", "nav", "footer"):
        assert root.find(f".//{landmark}") is not None
    assert found(root, ".//h1") == ["What changed in Bridge to open in July"]
    levels = [int(str(element.tag)[1]) for element in root.iter() if re.fullmatch(r"h\d", str(element.tag))]
    assert all(here <= before + 1 for before, here in zip([0, *levels], levels, strict=False))


def test_the_articles_text_is_in_its_language_and_ours_in_english() -> None:
    after = replace(EDITED, language="ar")
    root = page(STORY, after)
    assert root.get("lang") == "en"
    texts = root.findall(".//p[@class='said']")
    assert texts
    assert {(text.get("lang"), text.get("dir")) for text in texts} == {("ar", "auto")}
    unknown = render_fragment(sheet_of(replace(STORY, language=None), replace(EDITED, language=None)))
    assert "lang=" not in unknown


def test_nothing_changed() -> None:
    root = page(STORY, replace(EDITED, authors=STORY.authors), parts={Part.BYLINE})
    assert "Nothing changed in the byline." in found(root, ".//main/div/p")
    assert "Not shown: headline, text, corrections." in found(root, ".//main/div/p")
    assert root.find(".//fieldset") is None


def test_all_that_is_unchanged_is_shown_where_it_was_asked_for() -> None:
    root = page(STORY, replace(STORY, title="Bridge opens"), whole=True)
    assert found(root, ".//section[@class='inline']//h3") == ["Headline", "Text"]
    assert "Police were there." in found(root, ".//section[@class='inline']//p")


def test_what_reads_otherwise_because_extraction_does_is_no_edit() -> None:
    sheet = lay_out(version(1, STORY), version(2, EDITED, reextracts=1))
    assert "because extraction does" in " ".join(found(parsed(render_html(sheet)), ".//p[@class='note']"))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//evil.example/", ""]
)
def test_only_web_addresses_are_links(url: str) -> None:
    assert {link.get("href", "")[:1] for link in page(STORY, EDITED, url=url).iter("a")} == {"#"}


def test_a_web_address_is_a_link_that_tells_nobody_where_it_was_followed() -> None:
    (link,) = [
        each
        for each in page(STORY, EDITED, url="https://a.example/?a=1&b=2").iter("a")
        if each.get("href", "")[0] != "#"
    ]
    assert (link.get("href"), said(link)) == ("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2")
    assert link.get("rel") == "noreferrer nofollow"


def test_nothing_is_fetched_and_should_an_escape_fail_nothing_runs() -> None:
    root = page(STORY, EDITED)
    (policy,) = [each.get("content") for each in root.iter("meta") if each.get("http-equiv")]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|src=", render_html(sheet_of(STORY, EDITED)))


def test_the_fragment_is_what_the_page_shows() -> None:
    sheet = sheet_of(STORY, EDITED)
    assert render_fragment(sheet) in render_html(sheet)
    assert paper() in render_html(sheet)
    assert stylesheet() in render_html(sheet)


def test_the_styles_of_the_changes_touch_nothing_else_of_a_page_that_shows_them() -> None:
    selectors = [
        selector.strip()
        for rule in re.findall(r"^ *([^@{}]+) \{", stylesheet(), re.MULTILINE)
        for selector in re.split(r",\s*(?![^(]*\))", rule)
    ]
    assert len(selectors) > 50
    assert {re.split(r"[ :]", selector)[0] for selector in selectors} == {".diff", "ins", "del"}
    (whole,) = parsed(f"<!DOCTYPE html><title>x</title>{render_fragment(sheet_of(STORY, EDITED))}").findall("./body/*")
    assert whole.get("class") == "diff"


def test_what_is_said_by_colour_is_said_otherwise_too() -> None:
    css = stylesheet()
    assert re.search(r"^ins \{[^}]*underline", css, re.MULTILINE)
    assert re.search(r"^del \{[^}]*line-through", css, re.MULTILINE)
    for spoken in ("[inserted]", "[end of insertion]", "[deleted]", "[end of deletion]"):
        assert spoken in css


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *(
            ("ink", "paper"),
            ("quiet", "paper"),
            ("link", "paper"),
            ("ink", "mark"),
            ("quiet", "mark"),
            ("link", "mark"),
        ),
        *(("came", "came-on"), ("went", "went-on")),
    ],
)
def test_text_stands_out_from_its_ground(scheme: str, ink: str, ground: str) -> None:
    light, dark, *_ = re.findall(r":root \{([^}]*)\}", paper())
    colours = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{6});", light if scheme == "light" else dark))
    # WCAG 2.2, success criterion 1.4.3, level AA.
    assert contrast(colours[ink], colours[ground]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio that WCAG 2.2 defines, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "div", "span"),
    *("h1", "h2", "h3", "h4", "p", "a", "b", "bdi", "dl", "dt", "dd", "time", "ol", "ul", "li", "details", "summary"),
    *("fieldset", "legend", "input", "label", "table", *HEADS, "ins", "del"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "dir", "href", "rel", "id", "class", "datetime", "open"),
    *("role", "scope", "colspan", "type", "checked", "for", "aria-labelledby", "aria-label", "aria-hidden"),
}
HOSTILE = st.lists(
    st.sampled_from(
        [
            *(
                "<script>",
                "</title>",
                "</style>",
                "</main>",
                '"',
                "'",
                ">",
                "<img src=x onerror=y>",
                "&lt;",
                "]]>",
                "-->",
            ),
            *("{{ 7 * 7 }}", "{% raw %}", "javascript:alert(1)", "\x00", "\u202e", "\u2066", "a", " "),
        ]
    )
    | st.text(max_size=5)
).map("".join)


@given(HOSTILE, HOSTILE)
@settings(deadline=None)
def test_hostile_text_makes_no_markup(one: str, other: str) -> None:
    blocks = (Block(Role.BODY, f"Kept. {one} {other}"), Block(Role.BODY, "Last."), Block(Role.CORRECTION, other))
    after = replace(STORY, title=one, authors=(other,), language=one, blocks=blocks)
    before = replace(STORY, blocks=(Block(Role.BODY, f"Kept. {other}"),))
    shown = render_html(sheet_of(before, after, url=f"https://a.example/{one}"))
    assert not {"\x00", "\x1b", "\u202e", "\u2066"} & set(shown)
    # Characters that no HTML document may hold, but that do nothing, are not what this is about.
    root = html5lib.HTMLParser(namespaceHTMLElements=False).parse(assigned(shown))
    tags = {element.tag for element in root.iter() if isinstance(element.tag, str)}
    assert tags <= ELEMENTS
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    assert len(root.findall(".//fieldset")) == 1
    assert {link.get("href", "").split(":")[0] for link in root.iter("a") if link.get("href", "")[0] != "#"} == {
        "https"
    }


def assigned(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) not in {"Cn", "Cs"})
