"""The benchmarks: they measure what they say, on valid messages, and show bars without judging by the clock."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from openics.edifact.core import CORE
from openics.edifact.reader import read_interchange
from openics.messages.reading import read_message
from openics.ops.bench import edi, material, peers, report
from openics.ops.bench.engine import CANONICAL
from openics.ops.bench.material import declarations, interchange
from openics.ops.bench.measure import Figure, megabytes_per_second, seconds
from openics.ops.bench.peers import EDIFACT, PYDIFACT

EVERY_ENGINE = {
    "cut into segments",
    "cut into segments and elements",
    "cut into segments, elements and components",
    "find the messages of an interchange",
    CANONICAL,
    "the same, declarations of 999 lines",
    "the same, segments in another order",
    "the same, segment by segment",
    "the same, one fault in each message",
    "write documents",
    "write an interchange",
    "memory beyond the input while streaming",
}
PEERS = {PYDIFACT, EDIFACT}
GATEWAY = {
    "declarations, mail in to mails out",
    "mails in",
    "mails out",
    "processor time of one declaration",
    "processor time of one mail, in or out",
    "floor: two RSA operations and the same rows",
    "processor time beside the floor",
    "declarations, HTTPS in to mails out",
    "processor time of one declaration over HTTPS",
    "processor time over HTTPS beside the floor",
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


def test_reading_and_writing_are_measured_beside_peers(tmp_path: Path) -> None:
    figures = bench(tmp_path, "edi", "--megabytes", "0.02")
    engines = ["compiled", "pure"] if CORE else ["pure"]
    examples = {f"the same, the example of {name}" for name, _ in material.examples()}
    for engine in engines:
        beside = {f"read, check, type beside {peer}" for peer in PEERS}
        named = {figure["name"]: figure for figure in figures if figure["engine"] == engine}
        assert named.keys() == EVERY_ENGINE | examples | beside
        assert float(str(named["memory beyond the input while streaming"]["value"])) < 3.0
        peer = next(figure for figure in figures if figure["name"] == PYDIFACT)
        ratio = float(str(named[CANONICAL]["value"])) / float(str(peer["value"]))
        assert named[f"read, check, type beside {PYDIFACT}"]["value"] == pytest.approx(ratio)
    assert {figure["name"] for figure in figures if figure["engine"] == "peer"} == PEERS
    assert [figure["note"] for figure in figures if figure["value"] is None and not figure["note"]] == []


def test_a_core_that_is_not_used_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edi, "CORE", None)
    monkeypatch.setattr(edi, "STATE", "in Python, because")
    monkeypatch.setattr(edi, "measured", lambda size, pure: [Figure(CANONICAL, 6.0, "MB/s", engine="pure")])
    monkeypatch.setattr(
        edi, "peers", lambda many, few: [Figure(PYDIFACT, 2.0, "MB/s"), Figure(EDIFACT, None, "", note="no")]
    )
    first, *_, pydifact, edifact = edi.figures(2000)
    assert (first.value, first.met, first.note) == (None, None, "in Python, because")
    assert (pydifact.value, pydifact.met) == (3.0, False)
    assert (edifact.value, edifact.met, edifact.note) == (None, None, "no")


@pytest.mark.parametrize(
    ("program", "installed", "reason"),
    [
        ("", True, "there is no Node.js"),
        ("exit 0", False, "not installed"),
        ("echo one >&2; echo two >&2; exit 3", True, "failed: two"),
    ],
)
def test_a_peer_that_is_missing_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, installed: bool, reason: str
) -> None:
    if installed:
        (tmp_path / "edifact").mkdir()
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\n{program}\n")
    node.chmod(0o755)
    monkeypatch.setattr(peers.shutil, "which", lambda name: str(node) if program else None)
    monkeypatch.setattr(peers, "_wheel", lambda: None)
    figure = peers.edifact(b"UNB", tmp_path)
    assert (figure.value, figure.note) == (None, reason)


def test_an_example_is_repeated_under_references_of_its_own() -> None:
    (name, segments), *_ = material.examples()
    messages = read_interchange(material.repeated(segments, 5000)).messages
    assert len(messages) == 5000 // len("'".join(segments))
    assert [raw.reference for raw in messages] == [str(number) for number in range(1, len(messages) + 1)]
    assert {read_message(raw).name for raw in messages} == {name}


@pytest.mark.xdist_group("system")
def test_the_whole_way_is_measured_beside_a_floor(tmp_path: Path) -> None:
    figures = bench(tmp_path, "gateway", "--seconds", "0.2")
    assert {figure["name"] for figure in figures} == GATEWAY
    assert all(float(str(figure["value"])) > 0 for figure in figures)
