"""The commands of the tutorial and of the README, run as they stand there against a system of their own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from system.conftest import make_system  # noqa: F401 - a fixture
from system.instances import System, wait_for

pytestmark = pytest.mark.xdist_group("system")

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENDS = re.compile(r"# ends with (\d+)")
STARTED_BY_THE_TEST = "make run"
EDN = re.compile(r"Export declaration (\w{9}) \(MY-FIRST-EXPORT\): clear since 20\d\d-\d\d-\d\d \d\d:\d\d UTC")


def commands(page: str) -> list[str]:
    """The command lines of a page, in order."""
    blocks = BLOCK.findall((ROOT / page).read_text())
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@dataclass(frozen=True)
class Told:
    """A command, its exit code and what it said."""

    line: str
    code: int
    output: str


@dataclass
class Shell:
    """One shell in which lines are typed one after the other."""

    directory: Path
    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        home = {"PATH": os.environ["PATH"], "HOME": str(self.directory), "COLUMNS": "160"}
        self.process = subprocess.Popen(
            ["bash", "--norc", "-O", "expand_aliases"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.directory,
            env=home,
        )

    def type(self, line: str) -> tuple[int, str]:
        """Exit code and output of a line."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\nprintf '\\nended %s\\n' $?\n")
        self.process.stdin.flush()
        output: list[str] = []
        for said in self.process.stdout:
            if match := re.fullmatch(r"ended (\d+)\n", said):
                return int(match[1]), "".join(output).removesuffix("\n")
            output.append(said)
        raise AssertionError(f"the shell ended at {line}: {''.join(output)}")

    def close(self) -> None:
        """Leave the shell."""
        self.process.communicate(timeout=10)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that looks like a checkout."""
    found = tmp_path_factory.mktemp("checkout")
    for name in ("docs", "tests"):
        (found / name).symlink_to(ROOT / name)
    (found / ".venv").symlink_to(sys.prefix)
    return found


@pytest.fixture(scope="module")
def running(make_system, place: Path) -> System:  # type: ignore[no-untyped-def]  # noqa: F811 - a fixture
    """What `make run` starts, in that directory."""
    found: System = make_system(place / ".openics")
    found.start()
    return found


@pytest.fixture(scope="module")
def shell(running: System, place: Path) -> Iterator[Shell]:
    """A second terminal there."""
    found = Shell(place)
    yield found
    found.close()


@pytest.fixture(scope="module")
def told(running: System, shell: Shell) -> list[Told]:
    """Every command of the tutorial, run in order."""
    found = []
    for line in commands("docs/tutorial.md"):
        if line == STARTED_BY_THE_TEST:
            continue
        if " listen " in line:
            wait_for("the answers are delivered", lambda: delivered(running))
        found.append(Told(line, *shell.type(line)))
    return found


def delivered(running: System) -> bool:
    """Whether everything received is handled and everything to be sent is sent."""
    with running.database() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT FROM intake WHERE state = 'pending') "
            "OR EXISTS (SELECT FROM outbox_item WHERE state IN ('waiting', 'sealed'))"
        ).fetchone()
    return row == (False,)


def said(told: list[Told], start: str, place: int = 0) -> str:
    """What the first command that starts so said, or another one by its place among them."""
    return [each.output for each in told if each.line.startswith(start)][place]


def test_every_command_ends_as_the_tutorial_says(told: list[Told]) -> None:
    expected = [int(match[1]) if (match := ENDS.search(each.line)) else 0 for each in told]
    assert [(each.line, each.code) for each in told] == [
        (each.line, code) for each, code in zip(told, expected, strict=True)
    ]
    assert (len(told) >= 20, sum(expected)) == (True, 2)


def test_the_sample_lacks_an_indicator_and_nothing_else(told: list[Told]) -> None:
    *_, last = said(told, "openics edi check tests").splitlines()
    assert last == "exd.edi: 1 message, 1 fault"
    assert "PRESCRIBED GOODS INDICATOR MUST BE Y OR N" in said(told, "openics edi check tests")
    assert "  LOC  Port of Loading: AUMEL\n" in said(told, "openics edi explain tests/corpus/exd.edi")


def test_it_is_answered_by_contrl_and_a_refusal(told: list[Told]) -> None:
    first = said(told, "openics client listen --maildir $mailbox --once")
    assert first == "received 00000000000001: CONTRL 200401270001\nreceived 00000000000002: EXDR 200401270001\n"


def test_the_refusal_is_explained(told: list[Told]) -> None:
    title, *reasons = said(told, "openics explain 200401270001").splitlines()
    assert title.startswith("Message 1: EXD 200401270001 version 1: rejected since ")
    assert [reason.split(":")[0].strip() for reason in reasons if reason] == [
        "ERROR EX9202 at header",
        "ERROR EX9204 at header",
        "ADVICE EX9210 at header",
    ]
    assert "INTENDED DATE OF EXPORT 2003-01-28 IS BEFORE TODAY" in reasons[0]
    assert "PRESCRIBED GOODS INDICATOR" in reasons[1]


def test_the_corrected_one_is_clear_and_has_a_number(told: list[Told]) -> None:
    explained = said(told, "openics explain MY-FIRST-EXPORT")
    assert EDN.match(explained) is not None
    assert [line.partition("; next: ")[2] for line in explained.splitlines() if "; next: " in line] == [
        "forwarder or carrier, who can report the goods on a sub-manifest or main manifest"
    ]


def test_the_one_time_code(told: list[Told]) -> None:
    assert re.fullmatch(r"\d{6}\n", said(told, "openics user code"))


def test_a_used_reference_is_answered_by_error_26(told: list[Told], running: System) -> None:
    first, *_ = said(told, "openics client show 200401270001-2").splitlines()
    assert first == "Sent as 200401270001-2: syntax rejected: 26 duplicate detected"
    with running.database() as connection:
        assert connection.execute("SELECT sender_reference FROM export_declaration").fetchall() == [
            ("MY-FIRST-EXPORT",)
        ]


def test_a_word_for_a_weight_is_pointed_at(told: list[Told]) -> None:
    lines = said(told, "openics edi check wrong.edi").splitlines()
    assert lines[0].startswith("message 1, segment 22 (MEA), element 4, component 2: GROSSWEIGHT ")
    assert lines[2:4] == ["    MEA+WT++KG:TEN'", "               ^^^"]
    assert lines[-1] == "wrong.edi: 1 message, 1 fault"


def test_the_gateway_names_it_too(told: list[Told]) -> None:
    received = said(told, "openics client listen", -1).splitlines()
    assert [line.partition(": ")[2].split()[0] for line in received] == ["CONTRL", "ERM"]


def test_the_evidence_holds_and_the_system_is_well(told: list[Told]) -> None:
    assert said(told, "openics evidence verify").endswith("\nThe chain holds.\n")
    assert [line.split("  ")[-1] for line in said(told, "openics health").splitlines()] == [
        "reachable",
        *["nothing waits"] * 3,
    ]


PLACEHOLDERS = {"FILE": "my.edi", "REFERENCE": "MY-FIRST-EXPORT"}
TOO_LONG = {
    ".venv/bin/openics bench": ".venv/bin/openics bench --help",
    ".venv/bin/openics conformance SITE": ".venv/bin/openics conformance --help",
}


@pytest.mark.parametrize("line", [line for line in commands("README.md") if line.startswith(".venv/")])
def test_the_commands_of_the_readme_run(told: list[Told], shell: Shell, line: str) -> None:
    command = line.partition("#")[0].strip()
    for word, value in PLACEHOLDERS.items():
        command = command.replace(word, value)
    code, output = shell.type(TOO_LONG.get(command, command))
    assert (code, output == "") == (0, False)


TARGETS = sorted(
    {
        name
        for page in ("README.md", "CONTRIBUTING.md", "docs/tutorial.md", "docs/architecture.md")
        for name in re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / page).read_text(), re.MULTILINE)
    }
)


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_in_the_docs_exists_and_is_explained(target: str) -> None:
    dry = subprocess.run(["make", "--dry-run", target], check=False, cwd=ROOT, capture_output=True, text=True)
    help_text = subprocess.run(["make"], check=True, cwd=ROOT, capture_output=True, text=True).stdout
    assert dry.returncode == 0, dry.stderr
    assert f"  make {target} " in help_text
