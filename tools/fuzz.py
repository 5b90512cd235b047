"""Fuzzes the engine with atheris, guided by coverage: `fuzz.py SECONDS [TARGET ...]`; all targets if none is named.

The targets are in `tests/fuzz/targets.py`. An input that breaks one is kept in `tests/fuzz/corpus/TARGET/`, where the tests
replay it; one is kept for each place that raises. Ends with 1 if anything was kept.
"""

import hashlib
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

import atheris

ROOT: Final = Path(__file__).resolve().parents[1]
WORK: Final = ROOT / "build" / "fuzz"
"""What the fuzzer has found worth keeping for its next run; nothing else needs it."""

sys.path[:1] = [str(ROOT / "src"), str(ROOT / "tests")]
with atheris.instrument_imports(include=["openics"]):
    from fuzz.targets import TARGETS, Target


def main() -> None:
    """Run each target in a process of its own, since libFuzzer ends the one that it runs in."""
    seconds, *names = sys.argv[1:]
    before = kept()
    codes = [run(name, seconds) for name in names or TARGETS]
    new = kept() - before
    say(f"{len(new)} inputs kept", *sorted(str(path.relative_to(ROOT)) for path in new))
    sys.exit(1 if new or any(codes) else 0)


def say(*lines: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write("\n  ".join(lines) + "\n")
    sys.stdout.flush()


def kept() -> set[Path]:
    """The inputs that are kept."""
    return {path for target in TARGETS.values() for path in target.kept.glob("*")}


def run(name: str, seconds: str) -> int:
    """Fuzz one target for some seconds; how its process ended."""
    say(f"{name}: {seconds} s")
    return subprocess.run([sys.executable, __file__, "--target", name, seconds], check=False).returncode


def fuzz(target: Target, seconds: str) -> None:
    """Fuzz a target in this process; does not return."""
    work = WORK / target.name
    work.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (work / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        "-max_len=20000",
        "-timeout=20",
        f"-artifact_prefix={work}/",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(work)], keeper(target))
    atheris.Fuzz()


def keeper(target: Target) -> Callable[[bytes], None]:
    """The function that libFuzzer calls: keeps the first input for each place that raises, and goes on."""
    seen: set[str] = set()

    def hold(data: bytes) -> None:
        content = target.shape(data)
        try:
            target.check(content)
        except Exception as error:
            place = "\n".join(f"{each.filename}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__))
            if place in seen:
                return
            seen.add(place)
            target.kept.mkdir(parents=True, exist_ok=True)
            path = target.kept / f"{hashlib.sha256(content).hexdigest()[:12]}.{target.suffix}"
            path.write_bytes(content)
            traceback.print_exc()
            say(f"kept {path.relative_to(ROOT)}")

    return hold


if __name__ == "__main__":
    if sys.argv[1:2] == ["--target"]:
        fuzz(TARGETS[sys.argv[2]], sys.argv[3])
    else:
        main()
