"""The terms of the trade: the data file, searching in it, and the links that pages get to it."""

import re
from pathlib import Path

import pytest

from openics.channels.interactive.guidance import glossary
from openics.channels.interactive.guidance.glossary import anchor, by_letter, find, terms
from openics.channels.interactive.guidance.linking import NEVER, link_terms, linkable

NAMES = [term.name for term in terms()]


def names(words: str) -> list[str]:
    return [term.name for term in find(words)]


def test_the_file_is_sorted_and_every_term_is_there_once() -> None:
    assert len(NAMES) == 274
    assert sorted(NAMES, key=lambda name: (name.casefold(), name)) == NAMES
    assert len({name.casefold() for name in NAMES}) == len(NAMES)


def test_every_term_has_an_address_of_its_own() -> None:
    anchors = [term.anchor for term in terms()]
    assert len(set(anchors)) == len(anchors)
    assert [each for each in anchors if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each)] == []
    assert not {f"letter-{letter}" for letter, _ in by_letter(terms())} & set(anchors)


def test_every_reference_leads_to_another_term() -> None:
    wrong = [(term.name, name) for term in terms() for name in term.see if name not in NAMES or name == term.name]
    assert wrong == []
    assert [term.name for term in terms() if len(set(term.see)) != len(term.see)] == []


def test_every_term_is_explained_in_a_few_whole_sentences() -> None:
    assert [term.name for term in terms() if not term.meaning.endswith(".") or len(term.meaning) > 200] == []
    assert [term.name for term in terms() if term.name == term.expansion] == []
    assert {term.known for term in terms()} == set(glossary.KNOWN)
    assert {term.topic for term in terms()} == {
        *("Agencies, parties and roles", "Systems, gateways and access", "Identity and security", "Export"),
        *("Arrival, cargo and movement reports", "Import declarations", "Transport terms", "Places and control"),
        *("Status and risk", "EDI and messages", "Tariff, value and revenue", "Law, notices and compliance"),
    }


def test_the_file_has_one_line_for_each_term_and_one_ending() -> None:
    text = Path(glossary.__file__).with_name("glossary.csv").read_bytes()
    assert b"\r" not in text
    assert text.count(b"\n") == len(NAMES) + 1


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("edn", "EDN"),
        ("EDN", "EDN"),
        ("obol", "MBL / OBOL"),
        ("bill of lading", "BL / B/L"),
        ("slot", "Slot charterer"),
        ("export declaration number", "EDN"),
        ("fta", "FTA (body)"),
    ],
)
def test_a_name_is_found_first(words: str, first: str) -> None:
    assert names(words)[0] == first


def test_all_words_must_be_there() -> None:
    assert names("stevedore containers") == ["PDR"]
    assert names("stevedore zebra") == []


def test_terms_are_listed_by_letter() -> None:
    groups = by_letter(terms())
    assert [letter for letter, _ in groups] == list("ABCDEFGHIJLMNOPRSTUVW")
    assert sum(len(found) for _, found in groups) == len(NAMES)


@pytest.mark.parametrize(
    ("name", "place"), [("UN/LOCODE", "un-locode"), ("T&I", "t-i"), ("PE", "pe"), ("Cargo list (CL)", "cargo-list-cl")]
)
def test_the_place_of_a_name(name: str, place: str) -> None:
    assert anchor(name) == place


def linked(html: str) -> str:
    """The HTML with links written short: `[EDN:edn]`."""
    found = str(link_terms(html, "/terms/"))
    return re.sub(r'<a class="govuk-link ics-term" href="/terms/#([^"]+)" title="[^"]+">([^<]+)</a>', r"[\2:\1]", found)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>An EDN is an EDN.</p>", "<p>An [EDN:edn] is an EDN.</p>"),
        ("<p>EDN</p><p>EDN</p>", "<p>[EDN:edn]</p><p>EDN</p>"),
        ("<h1>EDN</h1><p>EDN</p>", "<h1>EDN</h1><p>[EDN:edn]</p>"),
        ("<p><code>EDN</code> EDN</p>", "<p><code>EDN</code> [EDN:edn]</p>"),
        ('<a href="x"><b>EDN</b></a> EDN', '<a href="x"><b>EDN</b></a> [EDN:edn]'),
        ("<pre>a <b>EDN</b></pre> EDN", "<pre>a <b>EDN</b></pre> [EDN:edn]"),
        ('<img alt="EDN"> EDN', '<img alt="EDN"> [EDN:edn]'),
        ("<!-- EDN --> EDN", "<!-- EDN --> [EDN:edn]"),
        ("<table><tr><td>EDN</td></tr></table> EDN", "<table><tr><td>EDN</td></tr></table> [EDN:edn]"),
        ("<abbr>EDN</abbr>", "<abbr>[EDN:edn]</abbr>"),
        ("<p>EDNs, XEDN, EDN/CRN, EDN-1, EDN.1</p>", "<p>EDNs, XEDN, EDN/CRN, EDN-1, EDN.1</p>"),
        ("<p>edn</p>", "<p>edn</p>"),
        ("<p>The customs value. Customs value</p>", "<p>The [customs value:customs-value]. Customs value</p>"),
        ("<p>T&amp;I and R&amp;D</p>", "<p>[T&amp;I:t-i] and R&amp;D</p>"),
        ("<p>ETA, then ETD</p>", "<p>[ETA:eta-etd], then ETD</p>"),
        ("<p>Sender reference version</p>", "<p>[Sender reference version:sender-reference-version]</p>"),
        ("<p>we CAN EXIT</p>", "<p>we CAN EXIT</p>"),
        ("1 < 2 EDN", "1 < 2 [EDN:edn]"),
        ("", ""),
    ],
)
def test_where_terms_are_linked(html: str, expected: str) -> None:
    assert linked(html) == expected


def test_a_link_says_what_the_letters_stand_for() -> None:
    assert link_terms("EDN", "/terms/") == (
        '<a class="govuk-link ics-term" href="/terms/#edn" title="Export declaration number">EDN</a>'
    )


def test_what_is_linked_is_distinct() -> None:
    assert {"EDN", "S/MIME", "N10/20", "customs value", "Customs Act"} <= linkable().keys()
    assert not {"Line", "Clear", "DO", "PE", "Bond", "customs Act", "industry Test"} & linkable().keys()
    assert not NEVER & linkable().keys()
