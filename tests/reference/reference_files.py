"""Reference files for tests: small sets, their names and bytes, and any entries that a set can hold."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from openics.reference import formats
from openics.reference.codes import CodeList
from openics.reference.facts import CANBERRA, Entry
from openics.reference.file_names import Format
from openics.reference.sets import SETS

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
AIRLINES = SETS[CodeList.AIRLINE]
TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0xFF, exclude_categories=("Cc", "Zs", "Cf")), max_size=30)
DAYS = st.dates(date(2000, 1, 1), date(2000, 3, 1))


def airline(code: str, first: date = date(2000, 1, 1), last: date | None = None, prefix: str = "") -> Entry:
    """An airline for a period."""
    return Entry(CodeList.AIRLINE, code, f"AIRLINE {code}", first, last, {"aliases": prefix.split()})


def airlines(count: int) -> list[Entry]:
    """So many airlines."""
    return [airline(f"{chr(65 + number // 10)}{number % 10}") for number in range(count)]


def name(at: datetime = MONDAY, kind: str = "EDMAIN", environment: str = "Q1", form: str = "csv") -> str:
    """The name of a file of airlines."""
    return f"AIRLINE-{environment}-{kind}-{at.astimezone(CANBERRA):%y%m%d%H%M}.{form}"


def content(entries: Iterable[Entry], form: Format = Format.CSV) -> bytes:
    """A file of airlines."""
    return formats.write(entries, AIRLINES, form)


@st.composite
def timelines(draw: st.DrawFn) -> list[Entry]:
    """Airlines whose periods do not overlap, in order of code and first day."""
    entries = []
    for code in sorted(draw(st.sets(st.sampled_from(["A1", "B2", "QF", "5X"]), min_size=1))):
        days = sorted(draw(st.sets(DAYS, min_size=2, max_size=6)))
        for first, after in zip(days[::2], days[1::2], strict=False):
            last = draw(st.sampled_from([after - timedelta(days=1), first]))
            prefixes = draw(st.lists(st.sampled_from(["081", "618", "086"]), max_size=2, unique=True))
            words = draw(TEXTS).strip() or "X"
            entries.append(Entry(CodeList.AIRLINE, code, words, first, max(first, last), {"aliases": prefixes}))
    return entries
