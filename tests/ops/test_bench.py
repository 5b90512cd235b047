"""The benchmarks: they measure what they say, on valid messages, and show bars without judging by the clock."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from openics.edifact.reader import read_interchange
from openics.messages.reading import read_message
from openics.ops.bench import report
from openics.ops.bench.edi import declarations, interchange
from openics.ops.bench.measure import Figure, megabytes_per_second, seconds

EDI = {
    "cut into segments",
    "cut into segments and elements",
    "read, check against the guide, typed document",
    "write an interchange",
    "read, check, type: two declarations of 999 lines",
    "pydifact, plain parse",
    "read, check, type beside pydifact's plain parse",
    "memory beyond the input while streaming 10 MB",
}
GATEWAY = {
    "declarations, mail in to mails out",
    "processor time of one declaration",
    "floor: two RSA operations and the same rows",
    "processor time beside the floor",
    "median time from received to answered",
    "99 in 100 answered within",
    "largest process of ours",
}


@pytest.mark.parametrize(
    ("value", "bar", "least", "met"),
    [
        (5.0, None, True, None),
        (5.0, 5.0, True, True),
        (4.9, 5.0, True, False),
        (3.1, 3.0, False, False),
        (3.0, 3.0, False, True),
    ],
)
def test_a_bar_is_met_or_not(value: float, bar: float | None, least: bool, met: bool | None) -> None:
    assert Figure("x", value, "MB/s", bar, least).met is met


def test_the_fastest_of_the_runs_counts() -> None:
    runs: list[int] = []
    assert 0 <= seconds(lambda: runs.append(1), runs=7) < 1
    assert len(runs) == 7
    assert megabytes_per_second(2_000_000, lambda: sum(range(1000)), runs=2) > 0


def test_what_is_measured_is_valid() -> None:
    documents = declarations(3, lines=4)
    found = read_interchange(interchange(documents))
    assert found.faults == []
    assert [read_message(raw).document for raw in found.messages] == documents


def test_an_unknown_benchmark_is_said_to_be_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.run(Console(), only="speed", as_json=False, seconds=1) == 2
    assert "There is no benchmark speed" in capsys.readouterr().out


def bench(tmp_path: Path, *words: str) -> list[dict[str, object]]:
    """The JSON that a benchmark prints."""
    done = subprocess.run(
        [sys.executable, "-m", "openics.ops.cli.main", "bench", *words, "--json"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_reading_and_writing_are_measured_beside_a_peer(tmp_path: Path) -> None:
    figures = bench(tmp_path, "edi")
    assert {figure["name"] for figure in figures} == EDI
    values = {str(figure["name"]): float(str(figure["value"])) for figure in figures}
    ratio = values["read, check against the guide, typed document"] / values["pydifact, plain parse"]
    assert values["read, check, type beside pydifact's plain parse"] == pytest.approx(ratio)
    assert values["memory beyond the input while streaming 10 MB"] < 3.0


@pytest.mark.xdist_group("system")
def test_the_whole_way_is_measured_beside_a_floor(tmp_path: Path) -> None:
    figures = bench(tmp_path, "gateway", "--seconds", "0.2")
    assert {figure["name"] for figure in figures} == GATEWAY
    assert all(float(str(figure["value"])) > 0 for figure in figures)
