"""Clean-up of documents before anything is decided."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.decision.cleanup import clean, clean_text, legal
from openics.messages.clients.clreg import ClientRegistration, Contact
from openics.messages.exports.exd import ExportDeclaration, ExportLine
from openics.messages.exports.streq import StatusRequest


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("plain", "PLAIN"),
        ("  two   words ", "TWO WORDS"),
        ("a\x00b", "A B"),
        ("a\r\nb\tc\xa0d", "A B C D"),
        ("a\x01\x1f\x7f\x9f\xadb", "AB"),
        ("naïve café", "NAÏVE CAFÉ"),
        ("straße ÿ µ", "STRAßE ÿ µ"),
        ("Łódź 東京", "ÓD"),
        ("?+:'", "?+:'"),
        (" \x00 ", ""),
    ],
)
def test_X11_texts_are_cleaned(given_text: str, expected: str) -> None:
    assert clean_text(given_text) == expected


def test_letters_may_be_kept() -> None:
    assert clean_text(" Two  Words\x01 ", fold=False) == "Two Words"


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode("latin-1")


@pytest.mark.parametrize("fold", [True, False])
@given(text=st.text(st.sampled_from(" \x00\x01\n\xadaß"), max_size=12))
def test_cleaning_twice_is_cleaning_once(text: str, fold: bool) -> None:
    once = clean_text(text, fold=fold)
    assert clean_text(once, fold=fold) == once


@given(st.text(st.sampled_from(" \x00\x01ab"), max_size=12))
def test_it_is_the_published_steps_repeated_until_nothing_changes(text: str) -> None:
    before, after = None, text
    while after != before:
        before = after
        after = re.sub(" {2,}", " ", after.strip(" ")).replace("\x01", "").replace("\x00", " ")
    assert clean_text(text, fold=False) == after


@given(st.text(st.sampled_from(" \x00\x01ab"), max_size=12))
def test_only_blanks_are_cleaned_when_only_they_are_published(text: str) -> None:
    cleaned = clean_text(text, blanks_alone=True)
    assert cleaned == re.sub(" {2,}", " ", text.strip(" ")).upper()
    assert clean_text(cleaned, blanks_alone=True) == cleaned


def test_illegal_characters_stay_in_a_status_request() -> None:
    sent = StatusRequest(sender_reference=" Ref  1 ", authority_number=" aaa\xad  aat4")
    assert clean(sent) == StatusRequest(sender_reference="Ref 1", authority_number="AAA\xad AAT4")


def test_every_text_of_a_document_is_cleaned_lines_and_lists_too() -> None:
    sent = ExportDeclaration(
        sender_reference=" Ref  1 ",
        consignee_name="dhl ",
        version=1,
        lines=(ExportLine(number=1, description=" goods\x00 here ", permits=("pif1 ", " \x01 ")),),
    )
    assert clean(sent) == ExportDeclaration(
        sender_reference="Ref 1",
        consignee_name="DHL",
        version=1,
        lines=(ExportLine(number=1, description="GOODS HERE", permits=("PIF1",)),),
    )


def test_a_text_of_nothing_counts_as_absent() -> None:
    assert clean(ExportDeclaration(consignee_name="  ", consignee_city="X")) == ExportDeclaration(consignee_city="X")


def test_an_address_for_mail_keeps_its_letters() -> None:
    sent = ClientRegistration(contacts=(Contact(kind="ea", value="Some.Body@trader.example", purpose="office"),))
    cleaned = ClientRegistration(contacts=(Contact(kind="EA", value="Some.Body@trader.example", purpose="OFFICE"),))
    assert clean(sent) == cleaned


def test_a_clean_document_is_returned_as_it_is() -> None:
    sent = ExportDeclaration(consignee_name="DHL", lines=(ExportLine(number=1, permits=("A1",)),))
    assert clean(sent) is sent


def test_only_what_is_illegal_may_be_cleaned() -> None:
    sent = ExportDeclaration(consignee_name="a\x00B\x01", lines=(ExportLine(number=1, permits=("p\x02", "\x03")),))
    assert legal(sent) == ExportDeclaration(consignee_name="a B", lines=(ExportLine(number=1, permits=("p",)),))
