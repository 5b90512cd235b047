"""`openics conformance` against `openics client`: the whole sequence over real mail, and a report that is signed."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from system.conftest import Make
from system.instances import System, wait_for

pytestmark = [pytest.mark.xdist_group("system"), pytest.mark.timeout(300)]

SITE = "AAA676Y"
EXPORTER = Path(__file__).parents[2] / "docs" / "examples" / "exporter.py"
STEPS = ["X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8", "ALL"]


@dataclass(frozen=True)
class Ended:
    """A run that has ended: its exit code, what it said, its report, and when it began."""

    code: int
    said: str
    report: Path
    began: datetime


@pytest.fixture(scope="module")
def system(make_system: Make) -> System:
    """A running system."""
    found = make_system()
    found.start()
    return found


@pytest.fixture(scope="module")
def ended(system: System) -> Ended:
    """A run with the example exporter's software on the other side, its report, and when it began."""
    report, began = system.home / "report.json", datetime.now(UTC)
    command = ["conformance", SITE, "--software", "EXAMPLE 1.0", "--output", str(report), "--wait", "2"]
    said = system.home / "conformance.output"
    with (
        said.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "openics.ops.cli.main", *command],
            stdout=output,
            stderr=output,
            env=system.environment,
        ) as run,
    ):
        wait_for("the run asks for the first step", lambda: "X2 Lodge" in said.read_text(), 60)
        home = system.home / "traders" / SITE
        mailbox = system.home / "mailboxes" / "edi@exports.example"
        exporter = [sys.executable, str(EXPORTER), str(home), str(mailbox)]
        subprocess.run(exporter, check=True, env=system.environment, timeout=200)
        code = run.wait(timeout=60)
    return Ended(code, said.read_text(), report, began)


def states(report: Path) -> dict[str, str]:
    return {step["step"]: step["state"] for step in json.loads(report.read_text())["steps"]}


def test_the_client_conforms(ended: Ended) -> None:
    report = ended.report
    assert states(report) == {name: "not shown" if name == "X1" else "held" for name in STEPS}, ended.said
    assert ended.code == 0
    assert "The software conforms." in ended.said
    written = json.loads(report.read_text())
    assert (written["site"], written["software"], written["environment"], written["conforms"]) == (
        SITE,
        "EXAMPLE 1.0",
        "industry test",
        True,
    )


def test_the_evidence_is_in_the_chained_log(system: System, ended: Ended) -> None:
    report = ended.report
    steps = {step["step"]: step["evidence"] for step in json.loads(report.read_text())["steps"]}
    assert all(len(steps[name]) == 1 for name in ("X2", "X3", "X4", "X5", "X6", "X7", "X8"))
    with system.database() as connection:
        kept = connection.execute("SELECT encode(digest, 'hex') FROM evidence WHERE direction = 'in'").fetchall()
    assert {digest for digests in steps.values() for digest in digests} <= {digest for (digest,) in kept}


def test_the_signature_is_checked(system: System, ended: Ended, tmp_path: Path) -> None:
    report = ended.report
    good = system.openics("conformance", "--verify", str(report))
    assert good.returncode == 0
    assert "The report is as this gateway signed it: site AAA676Y conforms." in good.stderr
    changed = tmp_path / "report.json"
    changed.write_bytes(report.read_bytes().replace(b"EXAMPLE 1.0", b"EXAMPLE 2.0"))
    signature = report.with_name("report.json.p7s")
    changed.with_name("report.json.p7s").write_bytes(signature.read_bytes())
    assert system.openics("conformance", "--verify", str(changed)).returncode == 2
    changed.with_name("report.json.p7s").unlink()
    alone = system.openics("conformance", "--verify", str(changed))
    assert (alone.returncode, "There is no signature" in alone.stderr) == (2, True)


def test_openssl_checks_the_signature_too(system: System, ended: Ended, tmp_path: Path) -> None:
    report = ended.report
    signature = report.with_name("report.json.p7s")
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(signature), "-content", str(report)]
    found = subprocess.run([*command, "-noverify", "-out", os.devnull], check=False, capture_output=True, text=True)
    assert (found.returncode, "successful" in found.stderr) == (0, True)


def test_the_log_is_judged_again(system: System, ended: Ended, tmp_path: Path) -> None:
    """From the log alone the same comes out, but that nobody sends anything a second time."""
    report = ended.report
    again = tmp_path / "again.json"
    since = ended.began.isoformat(timespec="seconds")
    found = system.openics("conformance", SITE, "--since", since, "--output", str(again))
    assert found.returncode == 1
    assert states(again) == {**states(report), "X7": "open"}


def test_what_was_not_shown_is_named(system: System, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    found = system.openics("conformance", SITE, "--wait", "0.01", "--output", str(report))
    assert found.returncode == 1
    assert "Not shown in time: X2 Lodge an export declaration." in found.stderr
    assert states(report)["X2"] == "open"
    assert json.loads(report.read_text())["conforms"] is False


def test_mistakes_of_the_command(system: System) -> None:
    unknown = system.openics("conformance", "ZZZ999Z")
    assert (unknown.returncode, unknown.stderr.strip()) == (
        2,
        "There is no site ZZZ999Z; `openics site list` shows them.",
    )
    script = system.openics("conformance", SITE, "--script", "carrier")
    assert (script.returncode, script.stderr.strip()) == (2, "There is no script carrier; there are: exporter.")
    assert system.openics("conformance").returncode == 2
    with system.database() as connection:
        connection.execute("UPDATE site SET active = false WHERE site_id = 'AAR399A'")
        paused = system.openics("conformance", "AAR399A")
        connection.execute("UPDATE site SET active = true WHERE site_id = 'AAR399A'")
    assert (paused.returncode, "is paused" in paused.stderr) == (2, True)
