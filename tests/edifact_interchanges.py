"""Interchanges for the tests of the syntax room: small ones written by hand, and strategies that make canonical ones."""

from pathlib import Path

from hypothesis import strategies as st

from openics.edifact.envelope import Header
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators
from openics.edifact.writer import segment

CORPUS = Path(__file__).parent / "corpus"
HEADER = Header(
    sender="AAA676Y", owner="AAA676Y", recipient="AAA336C", date="040127", time="0730", control_reference="200401270001"
)
UNB = b"UNB+UNOC:3+AAA676Y::AAA676Y+AAA336C+040127:0730+200401270001'"
UNZ = b"UNZ+1+200401270001'"
MESSAGE = b"UNH+1+CUSDEC:D:99B:UN'BGM+830:::EXD+1:1+9'UNT+3+1'"

LEVEL_C = st.characters(codec="latin-1", exclude_categories=("Cc",))
TEXT = st.text(LEVEL_C, max_size=40) | st.text("?':+ A", max_size=12)
TAG = st.text("ABCDEFGHIJKLM", min_size=3, max_size=3)
REFERENCE = st.text(LEVEL_C, min_size=1, max_size=14)
MARKS = "!#$%&*/;<=>@^_|~?':+"


def interchange(*parts: bytes, count: int = 1, reference: str = "200401270001") -> bytes:
    """`parts` between a good UNB and a UNZ that counts `count` messages."""
    return UNB + b"".join(parts) + f"UNZ+{count}+{reference}'".encode()


def corpus_interchanges() -> list[Path]:
    """The sample files that hold a whole interchange."""
    return sorted(path for path in CORPUS.glob("*.edi") if not path.stem.endswith("_message"))


@st.composite
def separators(draw: st.DrawFn) -> Separators:
    """The default service characters, or four different other ones."""
    if draw(st.booleans()):
        return DEFAULT_SEPARATORS
    component, element, release, terminator = draw(st.permutations(MARKS))[:4]
    return Separators(component, element, draw(st.sampled_from(".,")), release, " ", terminator)


@st.composite
def segments(draw: st.DrawFn, marks: Separators) -> str:
    """One canonical segment of any tag and any text."""
    elements = draw(st.lists(TEXT | st.lists(TEXT, max_size=4), max_size=5))
    return segment(draw(TAG), *elements, separators=marks)


@st.composite
def messages(draw: st.DrawFn, marks: Separators, reference: str) -> list[str]:
    """The segments of one message, UNH to UNT."""
    body = draw(st.lists(segments(marks), max_size=6))
    head = segment("UNH", reference, ["CUSDEC", "D", "99B", "UN"], separators=marks)
    return [head, *body, segment("UNT", str(len(body) + 2), reference, separators=marks)]


@st.composite
def headers(draw: st.DrawFn) -> Header:
    """A header with any values that are allowed."""
    return Header(
        sender=draw(st.text(LEVEL_C, min_size=1, max_size=35)),
        owner=draw(st.text(LEVEL_C, max_size=14)),
        recipient=draw(st.text(LEVEL_C, min_size=1, max_size=35)),
        date=draw(st.dates().map(lambda day: day.strftime("%y%m%d")).filter(lambda text: text[2:] != "0229")),
        time=draw(st.times()).strftime("%H%M"),
        control_reference=draw(REFERENCE),
        acknowledgement_request=draw(st.booleans()),
        test=draw(st.booleans()),
        sender_qualifier=draw(st.text(LEVEL_C, max_size=4)),
        recipient_qualifier=draw(st.text(LEVEL_C, max_size=4)),
        recipient_routing=draw(st.text(LEVEL_C, max_size=14)),
        password=draw(st.text(LEVEL_C, max_size=14)),
        application_reference=draw(st.text(LEVEL_C, max_size=14)),
        priority=draw(st.text(LEVEL_C, max_size=1)),
        agreement=draw(st.text(LEVEL_C, max_size=35)),
    )
