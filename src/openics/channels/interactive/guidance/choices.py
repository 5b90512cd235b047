"""First-time users: the questions, and which way to communicate follows from the answers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Way(StrEnum):
    """How somebody communicates with customs here."""

    EDI = "edi"
    """Messages between computers, by signed and encrypted mail."""
    INTERACTIVE = "interactive"
    """These pages."""
    BUREAU = "bureau"
    """A service provider that communicates for others."""
    BROKER = "broker"
    """A licensed customs broker."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice of a question."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `missing` asks for an answer that was not given."""

    name: str
    text: str
    missing: str
    answers: tuple[Answer, ...]


QUESTIONS: Final = (
    Question(
        "task",
        "What do you want to do?",
        "Say what you want to do",
        (
            Answer("lodge", "Lodge reports or declarations"),
            Answer("look", "Only see what others lodge for me, and how it stands", "Then leave the rest as it is"),
        ),
    ),
    Question(
        "role",
        "What is your part in the trade?",
        "Say what your part in the trade is",
        (
            Answer("importer", "I import goods"),
            Answer("exporter", "I export goods"),
            Answer("broker", "Licensed customs broker"),
            Answer("forwarder", "Freight forwarder, consolidator or express operator"),
            Answer("carrier", "Shipping line, airline, or an agent of one"),
            Answer("place", "Terminal, stevedore, depot or warehouse"),
            Answer("developer", "Maker of trade software"),
        ),
    ),
    Question(
        "volume",
        "How much will you lodge?",
        "Say how much you will lodge",
        (
            Answer("few", "A few a year"),
            Answer("some", "Some every month"),
            Answer("many", "Some every day, or more"),
        ),
    ),
    Question(
        "software",
        "What software do you have?",
        "Say what software you have",
        (
            Answer("package", "A package that sends UN/EDIFACT by signed and encrypted mail"),
            Answer("own", "Software that we write ourselves"),
            Answer("none", "None of these"),
        ),
    ),
)

TITLES: Final[Mapping[Way, str]] = {
    Way.EDI: "Communicate by EDI",
    Way.INTERACTIVE: "Use Customs Interactive",
    Way.BUREAU: "Let a bureau communicate for you",
    Way.BROKER: "Let a licensed broker lodge for you",
}

OWNERS: Final = frozenset({"importer", "exporter"})
"""The parts in which a broker can do everything for somebody."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Which way, why, and what else is worth knowing about it."""

    way: Way
    why: str
    besides: str = ""


def missing(given: Mapping[str, str]) -> dict[str, str]:
    """What to ask for: by question, for each that matters and has no answer, or one that is not among its choices."""
    return {each.name: each.missing for each in _asked(given) if given.get(each.name) not in _values(each)}


def _asked(given: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions whose answers matter: for somebody who only looks, the first."""
    return QUESTIONS[:1] if given.get("task") == "look" else QUESTIONS


def _values(question: Question) -> set[str]:
    return {each.value for each in question.answers}


def said(given: Mapping[str, str]) -> list[tuple[str, str]]:
    """The questions that matter with their answers, in words."""
    words = {(question.name, each.value): each.text for question in QUESTIONS for each in question.answers}
    return [(each.text, words[each.name, given[each.name]]) for each in _asked(given)]


def choose(given: Mapping[str, str]) -> Advice:
    """The way that fits complete answers."""
    if given["task"] == "look":
        return Advice(Way.INTERACTIVE, "To see how things stand you need an account and a browser, and nothing else.")
    if given["role"] == "developer":
        return Advice(Way.EDI, "Your software speaks for its users by EDI, so you try it against industry test.")
    if given["software"] == "none":
        return _without_software(given["role"], given["volume"])
    return _by_edi(given["role"], given["volume"])


def _by_edi(role: str, volume: str) -> Advice:
    why = "You have software that can send and receive messages, and EDI takes any number of them."
    if volume == "few" and role in OWNERS:
        return Advice(Way.EDI, why, "For a few a year, compare the cost: a broker or a bureau needs no certificate.")
    return Advice(Way.EDI, why)


def _without_software(role: str, volume: str) -> Advice:
    if role in OWNERS and volume != "many":
        return Advice(
            Way.BROKER,
            "You lodge now and then and have no software for it. A broker has both software and licence.",
            "A bureau does the same without advice on the goods.",
        )
    why = "You have no software that sends messages. A bureau has, and is connected already."
    if volume == "many":
        return Advice(Way.BUREAU, why, "With so many messages, look into software of your own: EDI is made for it.")
    return Advice(Way.BUREAU, why)
