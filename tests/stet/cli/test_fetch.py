"""`stet fetch`: what becomes of pages that appear, change, move and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stet.newsroom.script import (
    BRIDGE,
    BRIDGE_NOTICE,
    CHIPS,
    GLACIER,
    GLACIER_HEADLINE,
    MAYOR,
    SHIPYARD,
    STRIKE,
    TELESCOPE,
    WINDPARK,
    WINDPARK_MOVED,
)

if TYPE_CHECKING:
    from support.chronicle import Chronicle

KEYS = [
    *("url", "final_url", "fetched_at", "http_status", "outcome", "version", "events"),
    *("title", "authors", "published", "modified", "language", "text"),
    *("corrections", "credits", "contributors", "removed", "error"),
]


def test_a_record_has_the_contracts_keys_in_their_order(chronicle: Chronicle) -> None:
    for ran in (chronicle.first, chronicle.second, chronicle.third):
        assert ran.records
        for record in ran.records:
            assert list(record) == KEYS
            assert all(set(block) == {"text", "role", "reason"} for block in record["removed"])


def test_all_is_told_on_standard_output_and_nothing_else_there(chronicle: Chronicle) -> None:
    for ran in (chronicle.first, chronicle.second, chronicle.third, *chronicle.trials):
        assert len(ran.records) == len({record["url"] for record in ran.records})
        assert ran.stderr == ""


def test_pages_seen_for_the_first_time_are_new(chronicle: Chronicle) -> None:
    for slug, text in chronicle.texts.items():
        record = chronicle.first.record_of(chronicle.url(slug))
        assert (record["outcome"], record["version"], record["events"]) == ("new", 1, ["first_seen"])
        assert (record["http_status"], record["error"]) == (200, None)
        assert record["final_url"] == record["url"]
        assert record["fetched_at"].endswith("Z")
        assert record["text"] == text


def test_a_record_names_title_authors_dates_and_language(chronicle: Chronicle) -> None:
    record = chronicle.first.record_of(chronicle.url(BRIDGE))
    assert record["title"] == "Port Ellery bridge reopens to lorries four days after storm"
    assert record["authors"] == ["Maren Okafor", "J. R. Whitlock"]
    assert (record["published"], record["modified"]) == ("2026-03-09T23:30:00Z", "2026-03-10T01:00:00Z")
    assert record["language"] == "en"
    assert record["corrections"] == []
    assert any("Reporting by Maren Okafor" in credit for credit in record["credits"])
    assert {"name": "Maren Okafor", "did": "reporting"} in record["contributors"]


def test_what_stands_around_an_article_is_kept_aside_with_its_reason(chronicle: Chronicle) -> None:
    record = chronicle.first.record_of(chronicle.url(BRIDGE))
    assert {block["role"] for block in record["removed"]} <= {"bio", "promo", "furniture", "caption"}
    aside = "\n".join(block["text"] for block in record["removed"])
    assert "The Courier Charter" in aside
    assert all(block["reason"] for block in record["removed"] if block["role"] != "caption")


def test_one_page_under_several_urls_is_fetched_and_told_once(chronicle: Chronicle) -> None:
    told = [record for record in chronicle.first.records if GLACIER in record["url"]]
    assert [record["url"] for record in told] == [chronicle.url(GLACIER)]
    listed = [record for record in chronicle.second.records if record["url"] == chronicle.second.records[0]["url"]]
    assert len(listed) == 1


def test_what_robots_txt_disallows_is_refused_and_left_alone(chronicle: Chronicle) -> None:
    record = chronicle.first.record_of(f"{chronicle.served.url}/private/notes-of-the-editors-office")
    assert (record["outcome"], record["http_status"]) == ("refused", None)
    assert "robots.txt" in record["error"]
    assert not chronicle.served.requested("/private/notes-of-the-editors-office")
    assert chronicle.first.status == 1


def test_a_list_may_have_comments_blanks_doubles_and_a_byte_order_mark(chronicle: Chronicle) -> None:
    assert chronicle.second.status == 0
    assert len(chronicle.second.records) == len(chronicle.paths)


def test_furniture_alone_changes_nothing(chronicle: Chronicle) -> None:
    record = chronicle.second.record_of(chronicle.url(CHIPS))
    assert (record["http_status"], record["outcome"], record["version"], record["events"]) == (200, "unchanged", 1, [])
    assert record["text"] == chronicle.texts[CHIPS]


def test_a_silent_change_of_a_number_is_a_new_version(chronicle: Chronicle) -> None:
    record = chronicle.second.record_of(chronicle.url(STRIKE))
    assert (record["outcome"], record["version"], record["events"]) == ("changed", 2, ["text_changed"])
    assert record["text"] == chronicle.texts[STRIKE].replace("6.4 percent", "4.6 percent")


def test_a_correction_is_told_and_its_notice_is_not_the_text(chronicle: Chronicle) -> None:
    record = chronicle.second.record_of(chronicle.url(BRIDGE))
    assert set(record["events"]) == {"correction_added", "text_changed", "dates_changed"}
    assert record["corrections"] == [BRIDGE_NOTICE]
    assert "Correction" not in record["text"]


def test_a_new_byline_is_told(chronicle: Chronicle) -> None:
    record = chronicle.second.record_of(chronicle.url(SHIPYARD))
    assert record["events"] == ["byline_changed"]
    assert record["authors"][-1] == "Klaus Pohl"


def test_a_deleted_page_is_gone_and_its_article_no_longer_stands(chronicle: Chronicle) -> None:
    record = chronicle.second.record_of(chronicle.url(MAYOR))
    assert (record["outcome"], record["http_status"], record["events"]) == ("gone", 410, ["gone"])
    assert (record["version"], record["text"]) == (1, None)
    assert "410" in record["error"]


def test_a_page_that_redirects_for_good_has_moved(chronicle: Chronicle) -> None:
    (record,) = (record for record in chronicle.second.records if record["outcome"] == "moved")
    moved = chronicle.url(WINDPARK).replace(WINDPARK, WINDPARK_MOVED)
    assert (record["final_url"], record["version"], record["events"]) == (moved, 1, ["moved"])
    assert record["text"] == chronicle.texts[WINDPARK]


def test_a_paywall_is_told_and_its_teaser_is_no_version(chronicle: Chronicle) -> None:
    record = chronicle.second.record_of(chronicle.url(TELESCOPE))
    assert (record["outcome"], record["version"], record["events"]) == ("paywalled", 1, ["paywalled"])
    assert record["text"] is None


@pytest.mark.parametrize(("slug", "told"), [(MAYOR, "returned"), (TELESCOPE, "unpaywalled")])
def test_a_page_that_can_be_read_again_is_told_of(chronicle: Chronicle, slug: str, told: str) -> None:
    record = chronicle.third.record_of(chronicle.url(slug))
    assert (record["version"], record["events"]) == (1, [told])
    assert record["text"] == chronicle.texts[slug]


def test_a_headline_trial_makes_two_versions_and_then_falls_silent(chronicle: Chronicle) -> None:
    url = chronicle.url(GLACIER)
    told = [ran.record_of(url) for ran in (chronicle.second, chronicle.third, *chronicle.trials)]
    assert [(one["outcome"], one["version"], one["events"]) for one in told] == [
        ("changed", 2, ["headline_changed"]),
        ("changed", 1, ["returned"]),
        ("unchanged", 2, []),
        ("unchanged", 1, []),
    ]
    assert told[-1]["title"] == GLACIER_HEADLINE


def test_for_people_an_outcome_is_one_line(chronicle: Chronicle) -> None:
    assert chronicle.plain.status == 0
    (line,) = chronicle.plain.stdout.splitlines()
    assert line.split(None, 2)[:2] == ["unchanged", "v1"]
    assert chronicle.url(GLACIER) in line
    assert GLACIER_HEADLINE in line
