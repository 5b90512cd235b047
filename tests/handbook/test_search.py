"""Searching the handbook."""

import pytest

from openics import handbook
from openics.handbook.declared import code_lists
from openics.messages.registry import ALL


def paths(words: str) -> list[str]:
    return [hit.path for hit in handbook.search(words)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("EXD", "messages/EXD.md"),
        ("exd", "messages/EXD.md"),
        ("EX9021", "errors/EX9021.md"),
        ("contrl 13", "errors/contrl-13.md"),
        ("MS5202", "errors/MS5202.md"),
        ("YY-FO", "codes/GoodsOrigin.md"),
        ("Queensland", "codes/GoodsOrigin.md"),
        ("goods origin", "codes/GoodsOrigin.md"),
        ("consignee_city", "messages/EXD.md"),
        ("AHECC Code", "messages/EXD.md"),
        ("EXD-H-29", "errors/EX9229.md"),
        ("composite C174", "reading.md"),
    ],
)
def test_the_first_hit_is_what_was_asked_for(words: str, first: str) -> None:
    assert paths(words)[0] == first


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_short_name_finds_its_message_first(kind: type) -> None:
    assert paths(kind.name)[0] == f"messages/{kind.name}.md"


@pytest.mark.parametrize("name", code_lists())
def test_the_name_of_a_code_list_finds_it(name: str) -> None:
    assert f"codes/{name}.md" in paths(code_lists()[name].__name__)


def test_a_hit_shows_where_the_words_stand() -> None:
    (hit,) = handbook.search("KP IS NORTH KOREA")[:1]
    assert (hit.path, hit.title, hit.kind) == ("errors/EX9110.md", "EX9110", "error")
    assert "DESTINATION KP IS NORTH KOREA" in hit.excerpt
    assert handbook.search("EXD")[0].excerpt == handbook.search("EXD export")[0].excerpt


def test_every_word_must_be_there() -> None:
    assert paths("EXD nosuchwordanywhere") == []
    assert paths("") == []
    assert paths("   ") == []


def test_no_more_hits_than_asked_for_and_the_best_first() -> None:
    hits = handbook.search("the", 3)
    assert len(hits) == 3
    scores = [hit.score for hit in handbook.search("export")]
    assert scores == sorted(scores, reverse=True)


def test_what_is_searched_with_is_taken_literally() -> None:
    assert handbook.search("[") == handbook.search("[ ")
    assert paths("(.*)") == []
