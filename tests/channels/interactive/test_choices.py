"""First-time users: every combination of answers leads to a way, and to a checklist that fits it."""

from itertools import product

import pytest

from openics.channels.interactive.guidance import accepted, checklist, choices
from openics.channels.interactive.guidance.choices import QUESTIONS, TITLES, Way, choose, missing, said
from openics.exchange.handlers import HANDLERS
from openics.messages.registry import by_name

EVERY = [
    dict(zip([each.name for each in QUESTIONS], given, strict=True))
    for given in product(*([answer.value for answer in each.answers] for each in QUESTIONS))
]


def given(task: str, role: str = "", volume: str = "", software: str = "") -> dict[str, str]:
    return {"task": task, "role": role, "volume": volume, "software": software}


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        (given("look"), Way.INTERACTIVE),
        (given("look", "importer", "many", "package"), Way.INTERACTIVE),
        (given("look", "developer", "few", "own"), Way.INTERACTIVE),
        (given("lodge", "developer", "few", "none"), Way.EDI),
        (given("lodge", "developer", "many", "own"), Way.EDI),
        (given("lodge", "importer", "few", "none"), Way.BROKER),
        (given("lodge", "exporter", "some", "none"), Way.BROKER),
        (given("lodge", "exporter", "many", "none"), Way.BUREAU),
        (given("lodge", "broker", "few", "none"), Way.BUREAU),
        (given("lodge", "forwarder", "some", "none"), Way.BUREAU),
        (given("lodge", "carrier", "many", "none"), Way.BUREAU),
        (given("lodge", "place", "few", "none"), Way.BUREAU),
        (given("lodge", "importer", "few", "package"), Way.EDI),
        (given("lodge", "importer", "many", "own"), Way.EDI),
        (given("lodge", "broker", "some", "package"), Way.EDI),
    ],
)
def test_which_way_fits(answers: dict[str, str], way: Way) -> None:
    assert missing(answers) == {}
    assert choose(answers).way is way


@pytest.mark.parametrize(
    ("answers", "besides"),
    [
        (
            given("lodge", "exporter", "few", "package"),
            "For a few a year, compare the cost: a broker or a bureau needs no certificate.",
        ),
        (given("lodge", "exporter", "some", "package"), ""),
        (given("lodge", "place", "few", "package"), ""),
        (given("lodge", "importer", "few", "none"), "A bureau does the same without advice on the goods."),
        (
            given("lodge", "importer", "many", "none"),
            "With so many messages, look into software of your own: EDI is made for it.",
        ),
        (given("lodge", "place", "few", "none"), ""),
    ],
)
def test_what_else_is_said(answers: dict[str, str], besides: str) -> None:
    assert choose(answers).besides == besides


def test_every_combination_has_a_checklist_that_is_not_short_and_says_nothing_twice() -> None:
    for answers in EVERY:
        steps = checklist.steps(choose(answers).way, answers)
        assert 5 <= len(steps) <= 12
        assert len({step.text for step in steps}) == len(steps)
        assert [bool(step.route) for step in steps] == [bool(step.link) for step in steps]


def test_every_way_is_found_and_has_a_title() -> None:
    assert {choose(answers).way for answers in EVERY} == set(Way) == set(TITLES)


def texts(answers: dict[str, str]) -> str:
    return "\n".join(step.text for step in checklist.steps(choose(answers).way, answers))


@pytest.mark.parametrize(
    ("answers", "there", "absent"),
    [
        (given("look"), "No certificate is needed", "EDI site"),
        (given("lodge", "exporter", "few", "none"), "Choose a licensed customs broker", "Set up a mailbox"),
        (given("lodge", "exporter", "few", "none"), "AHECC code", "tariff classification"),
        (given("lodge", "importer", "many", "none"), "Choose a service provider", "Get a device (Type 3) certificate"),
        (given("lodge", "importer", "many", "package"), "or have its supplier do it", "Write your software"),
        (given("lodge", "importer", "many", "own"), "Write your software", "or have its supplier do it"),
        (given("lodge", "developer", "few", "none"), "Write your software", "or have its supplier do it"),
        (given("lodge", "place", "many", "own"), "establishment ID", "AHECC"),
    ],
)
def test_what_is_on_a_checklist(answers: dict[str, str], there: str, absent: str) -> None:
    assert there in texts(answers)
    assert absent not in texts(answers)


def test_what_is_missing_is_asked_for() -> None:
    assert missing(given("")) == {each.name: each.missing for each in QUESTIONS}
    assert missing(given("lodge", "pirate", "few", "none")) == {"role": "Say what your part in the trade is"}
    assert missing({"task": "lodge"}).keys() == {"role", "volume", "software"}
    assert missing({"task": "look"}) == {}


def test_what_was_said_is_repeated_in_words() -> None:
    assert said(given("look", "importer")) == [
        ("What do you want to do?", "Only see what others lodge for me, and how it stands")
    ]
    assert said(given("lodge", "place", "few", "own")) == [
        ("What do you want to do?", "Lodge reports or declarations"),
        ("What is your part in the trade?", "Terminal, stevedore, depot or warehouse"),
        ("How much will you lodge?", "A few a year"),
        ("What software do you have?", "Software that we write ourselves"),
    ]


@pytest.mark.parametrize("role", [answer.value for answer in QUESTIONS[1].answers])
def test_the_messages_of_each_part_exist_and_say_whether_they_are_decided_on(role: str) -> None:
    found = checklist.needed(given("lodge", role), HANDLERS)
    assert found
    for each in found:
        document = by_name(each.name)
        assert document is not None
        assert (each.title, each.decided) == (document.guide.title, each.name in HANDLERS)
    assert checklist.needed(given("look", role), HANDLERS) == []


def test_no_way_is_offered_that_is_not_there() -> None:
    assert {way.value for way in choices.Way} == {"edi", "interactive", "bureau", "broker"}


def test_the_accepted_ciphers_are_those_of_the_code() -> None:
    from asn1crypto import algos

    from openics.pki.ciphers import named
    from openics.pki.errors import PkiError

    identifiers = [f"aes{bits}_{mode}" for mode in ("cbc", "gcm") for bits in (128, 192, 256)]
    ciphers = [named(algos.EncryptionAlgorithmId(name).dump()) for name in identifiers]
    assert [each.legacy for each in ciphers] == [False] * 6
    shown = [f"AES-{8 * each.key_size}-{name[-3:].upper()}" for each, name in zip(ciphers, identifiers, strict=True)]
    assert shown == list(accepted.ACCEPTED_CIPHERS)
    assert named(algos.EncryptionAlgorithmId("tripledes_3key").dump()).legacy, "taken only where an operator allows it"
    for name in ("rc2", "des"):
        with pytest.raises(PkiError):
            named(algos.EncryptionAlgorithmId(name).dump())


def test_what_is_accepted_reads_as_it_should() -> None:
    table = dict(accepted.ACCEPTED)
    assert table["Key of a certificate"] == "RSA with 2048 to 8192 bits, or P-256 or P-384"
    assert table["Signature"] == "SHA-256, SHA-384 or SHA-512, with RSA (PKCS #1 v1.5 or PSS) or ECDSA"
    assert table["Encryption of the content"] == (
        "AES-128-CBC, AES-192-CBC, AES-256-CBC, AES-128-GCM, AES-192-GCM or AES-256-GCM"
    )
    assert table["Refused"] == "SHA-1, MD5, triple DES, RC2"
