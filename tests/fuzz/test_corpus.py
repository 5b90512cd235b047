"""Every input that once broke something is held to what must be true, and so is a first draw of the fuzzer's own."""

from pathlib import Path

import pytest

from fuzz.targets import TARGETS, Target

KEPT = [(target, path) for target in TARGETS.values() for path in sorted(target.kept.glob("*"))]


@pytest.mark.parametrize(("target", "path"), KEPT, ids=[f"{target.name}-{path.stem}" for target, path in KEPT])
def test_what_once_broke_something_holds(target: Target, path: Path) -> None:
    target.check(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_a_first_draw_holds(target: Target) -> None:
    inputs = {target.shape(seed) for seed in target.seeds()}
    assert len(inputs) > 10
    for content in inputs:
        target.check(content)


def test_every_kept_input_belongs_to_a_target() -> None:
    assert {path.parent.name for _, path in KEPT} <= TARGETS.keys()
    assert [path.name for target, path in KEPT if path.suffix != f".{target.suffix}"] == []
