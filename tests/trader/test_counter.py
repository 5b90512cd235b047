"""Control references: unique whatever happens."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openics.trader.counter import next_control_reference
from openics.trader.errors import TraderError
from openics.trader.home import Config, TraderHome
from openics.trader.records import Sent, store

DAY = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> TraderHome:
    return TraderHome.create(tmp_path, Config("AAR399A", "edi@trader.example", "ccf@customs.example"))


def test_references_count_up_within_a_day_and_start_anew_on_the_next(home: TraderHome) -> None:
    given = [next_control_reference(home, moment) for moment in (DAY, DAY, DAY.replace(day=5), DAY.replace(day=5))]
    assert given == ["202605040001", "202605040002", "202605050001", "202605050002"]


def test_a_clock_set_back_repeats_nothing(home: TraderHome) -> None:
    assert next_control_reference(home, DAY) == "202605040001"
    assert next_control_reference(home, DAY.replace(day=3)) == "202605040002"


def test_more_than_a_day_holds_goes_on_into_the_next(home: TraderHome) -> None:
    (home.directory / "control-reference").write_text("202605049999\n")
    assert [next_control_reference(home, DAY) for _ in range(2)] == ["202605050000", "202605050001"]
    assert next_control_reference(home, DAY.replace(day=5)) == "202605050002"


def test_references_that_the_trader_chose_are_left_out(home: TraderHome) -> None:
    for reference in ("202605040001", "202605040002"):
        store(home.sent, Sent(reference, reference, "<a@b>", DAY.isoformat(), ()), b"UNB", b"mail")
    assert next_control_reference(home, DAY) == "202605040003"


def test_threads_share_the_counter(home: TraderHome) -> None:
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda _: next_control_reference(home, DAY), range(40)))
    assert sorted(given) == [f"2026050400{number:02}" for number in range(1, 41)]


def test_processes_share_the_counter(home: TraderHome) -> None:
    program = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from openics.trader.home import TraderHome\nfrom openics.trader.counter import next_control_reference\n"
        "home = TraderHome.open(Path(sys.argv[1]))\n"
        "for _ in range(10): print(next_control_reference(home, datetime(2026, 5, 4)))"
    )
    source = Path(__file__).parents[2] / "src"
    command = [sys.executable, "-c", program, str(home.directory)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=source) for _ in range(2)]
    given = [line for process in running for line in process.communicate(timeout=60)[0].decode().split()]
    assert sorted(given) == [f"2026050400{number:02}" for number in range(1, 21)]


def test_a_damaged_counter_is_not_guessed(home: TraderHome) -> None:
    path = home.directory / "control-reference"
    path.write_text("20260504x")
    with pytest.raises(TraderError) as refused:
        next_control_reference(home, DAY)
    assert refused.value.text == f"{path} holds '20260504x' instead of the last control reference."
    assert path.read_text() == "20260504x"
