"""The messages that there are, and what their examples show.

Source of the index: ICS software developers guide, message implementation guidelines and their version list; the answers by
its rule that a response is named after its message with R, UBMREQ being the exception.
"""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from openics.decision.findings import has_errors
from openics.edifact.reader import read_interchange
from openics.edifact.writer import UnwritableError, write_interchange
from openics.exchange.diagnosis import diagnose
from openics.exchange.document_rules import findings_of
from openics.messages.document import Document, Part
from openics.messages.examples import KINDS, examples_of
from openics.messages.fields import Field, Kind
from openics.messages.reading import read_message
from openics.messages.registry import ALL, by_name
from openics.messages.writing import write_message

INDEX: Final = """
    AIRIAR   CUSREP in   98
    SEAIAR   CUSREP in   98
    AIRAAR   CUSREP in   98
    SEAAAR   CUSREP in   98
    AIRCR    CUSCAR in   -
    AIRINT   CUSCAR in   -
    SEACR    CUSCAR in   -
    SEAINT   CUSCAR in   -
    CARLST   CUSCAR in   -
    UBMREQ   CUSCAR in   -
    UBMREQE  CUSRES out  961
    PRODIS   CUSCAR in   -
    AIROUT   CUSCAR in   -
    SEAOUT   CUSCAR in   -
    CARST    CUSRES out  34
    SEQ      CUSCAR in   45
    SEI      CUSRES out  961
    IMD      CUSDEC in   -
    SAC      CUSDEC in   -
    IMPED1   CUSPED in   -
    IMPED2   CUSPED in   -
    RCR      CUSCAR in   -
    MOVAPP   CUSCAR in   78
    DRWBCK   CUSDEC in   -
    PAYSTD   REMADV in   -
    PAYPED   REMADV in   -
    PAYWK    REMADV in   -
    ATD      CUSRES out  961
    SAM      CUSRES out  961
    PAYREC   CUSRES out  961
    REFACC   CUSRES out  961
    REFREJ   CUSRES out  961
    CLREG    CUSCAR in   101
    CLNTDUP  CUSRES out  301
    EXD      CUSDEC in   830
    ESM      CUSCAR in   87
    EMM      CUSCAR in   -
    CARMOV   CUSRES out  -
    CTOREC   CUSCAR in   -
    CTOREM   CUSCAR in   -
    WARREL   CUSCAR in   101
    WARRET   CUSCAR in   -
    DEPREC   CUSCAR in   -
    DEPREL   CUSCAR in   -
    DEPARR   CUSRES out  -
    DEPART   CUSREP in   124
    STREQ    GENRAL in   23
    RACEAN   GENRAL in   -
    EXPED1   CUSPED in   -
    EXPED2   CUSPED in   -
    IDL      CUSRES out  -
    CONTRL   CONTRL both -
    ERM      CUSRES out  963
    GENTXT   GENRAL both -
"""
"""Name, UN/EDIFACT type, direction, BGM 1001 where the guide gives one. The answers named with R are added below."""

Row = tuple[str, str, str]
_ROWS: Final = [line.split() for line in INDEX.strip().splitlines()]
EXPECTED: Final[dict[str, Row]] = {name: (kind, way, code) for name, kind, way, code in _ROWS} | {
    f"{name}R": ("CUSRES", "out", "961") for name, _, way, _ in _ROWS if way == "in"
}
INBOUND: Final = [each for each in ALL if each.guide.direction == "in"]
OUTBOUND: Final = [each for each in ALL if each.guide.direction != "in"]


def named(document: type[Document]) -> str:
    return document.name


def documents(data: bytes, kind: type[Document]) -> list[Document]:
    """The documents of a class in an interchange."""
    found = [read_message(raw).document for raw in read_interchange(data).messages]
    return [each for each in found if isinstance(each, kind)]


def test_the_registry_holds_the_messages_of_the_index_and_no_others() -> None:
    assert sorted(each.name for each in ALL) == sorted(EXPECTED)


@pytest.mark.parametrize("document", ALL, ids=named)
def test_type_direction_and_code_are_those_of_the_index(document: type[Document]) -> None:
    kind, way, code = EXPECTED[document.name]
    guide = document.guide
    assert (guide.type, guide.direction) == (kind, way)
    codes = [use.fixed.get((2, 1)) for row in guide.layout.rows() if row.tag == "BGM" for use in row.uses]
    assert code == "-" or codes == [(code,)]


@pytest.mark.parametrize("document", INBOUND, ids=named)
def test_a_message_to_customs_has_an_example_of_each_kind(document: type[Document]) -> None:
    assert [kind for kind in KINDS if kind not in examples_of(document)] == []


@pytest.mark.parametrize("document", OUTBOUND, ids=named)
def test_a_message_from_customs_has_a_typical_example(document: type[Document]) -> None:
    assert "typical" in examples_of(document)


@pytest.mark.parametrize("document", ALL, ids=named)
def test_an_example_holds_the_message_it_is_named_for(document: type[Document]) -> None:
    assert [kind for kind, data in examples_of(document).items() if not documents(data, document)] == []


@pytest.mark.parametrize("document", INBOUND, ids=named)
def test_nothing_is_wrong_with_the_examples(document: type[Document]) -> None:
    wrong = {
        kind: [problem.text for problem in diagnose(examples_of(document)[kind])[1] if problem.severity == "ERROR"]
        for kind in KINDS
    }
    assert wrong == {kind: [] for kind in KINDS}


def declared(part: type[Part]) -> set[tuple[type[Part], str]]:
    """Every field of a class and of the records in it."""
    inner = [declared(field.part) for field in part.fields() if field.kind is Kind.PART]
    return {(part, field.name) for field in part.fields()}.union(*inner)


def given(part: Part) -> set[tuple[type[Part], str]]:
    """Every field that has a value in a document or in the records in it; a default that is written counts."""
    own = {(type(part), field.name) for field in part.fields() if getattr(part, field.name) not in (None, ())}
    records = [record for field, value in part.present() if field.kind is Kind.PART for record in value]
    return own.union(*map(given, records))


@pytest.mark.parametrize("document", [each for each in ALL if "every-item" in examples_of(each)], ids=named)
def test_the_example_of_every_item_sets_every_item(document: type[Document]) -> None:
    found = documents(examples_of(document)["every-item"], document)
    missing = declared(document) - set[Any]().union(*map(given, found))
    assert sorted(f"{part.__name__}.{name}" for part, name in missing) == []


def without(part: Part) -> Iterator[tuple[Field, Part]]:
    """The part without one of its fields, for each that is neither mandatory nor asked by the structure, at any depth."""
    for field, value in part.present():
        if not field.required and field.use != "M":
            yield field, part.replace(**{field.name: field.default})
        if field.kind is Kind.PART:
            for number, record in enumerate(value):
                for inner, changed in without(record):
                    yield inner, part.replace(**{field.name: (*value[:number], changed, *value[number + 1 :])})


def is_sound(document: Document, data: bytes) -> bool:
    """Whether nothing is wrong with a document, from its structure to the rules on it."""
    header = read_interchange(data).header
    assert header is not None
    try:
        written = write_interchange(header, [write_message(document, "1")])
    except UnwritableError:
        return False
    (raw,) = read_interchange(written).messages
    reading = read_message(raw)
    return reading.document == document and not reading.data_faults and not has_errors(findings_of(document))


def spare(document: Document, data: bytes) -> list[str]:
    """The items without which the document would be as sound, and nothing more would be said of it."""
    said = set(findings_of(document))
    shorter = [(field, part) for field, part in without(document) if isinstance(part, Document)]
    return [field.label for field, part in shorter if is_sound(part, data) and set(findings_of(part)) <= said]


@pytest.mark.parametrize("document", INBOUND, ids=named)
def test_the_smallest_example_holds_nothing_that_could_be_left_out(document: type[Document]) -> None:
    data = examples_of(document)["smallest"]
    (found,) = documents(data, document)
    assert is_sound(found, data)
    assert spare(found, data) == []


def test_a_needless_item_is_noticed() -> None:
    clreg = by_name("CLREG")
    assert clreg is not None
    data = examples_of(clreg)["smallest"]
    (found,) = documents(data, clreg)
    longer = found.replace(contact_name="DUTY OFFICER")
    assert spare(longer, data) == ["Contact Name"]
    assert not is_sound(longer.replace(version=0), data)
