"""The EDIFACT engine, compiled and pure, beside its peers: the same bytes, in the same run."""

import json
import os
import subprocess
import sys

from openics.edifact.core import CORE, STATE, VARIABLE
from openics.ops.bench.engine import CANONICAL
from openics.ops.bench.material import declarations, interchange
from openics.ops.bench.measure import Figure
from openics.ops.bench.peers import PYDIFACT, PYDIFACT_SHARE, peers

BYTES = 500_000
"""How much is read and written, unless something else is asked for."""
PEER_AIM = 20.0


def figures(size: int = BYTES) -> list[Figure]:
    """All figures: of the compiled core, if it is used here, of its twin in Python, of the peers, and how they compare."""
    found = measured(size, pure=False) if CORE else [Figure("compiled core", None, "", note=STATE, engine="compiled")]
    found += measured(size, pure=True)
    one = len(interchange(declarations(1)))
    many, few = (interchange(declarations(max(2, part // one))) for part in (size, size // PYDIFACT_SHARE))
    others = peers(many, few)
    return [*found, *others, *_beside(found, others)]


def measured(size: int, *, pure: bool) -> list[Figure]:
    """The figures of one engine, from a process of its own."""
    environment = {**os.environ, VARIABLE: "1" if pure else "0"}
    command = [sys.executable, "-m", "openics.ops.bench.engine", str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return [Figure(**each) for each in json.loads(done.stdout)]


def _beside(found: list[Figure], others: list[Figure]) -> list[Figure]:
    """How many times as fast as each peer's plain parse our reading to checked documents is."""
    return [
        Figure(
            f"read, check, type beside {peer.name}",
            None if peer.value is None or own.value is None else own.value / peer.value,
            "times",
            PEER_AIM if peer.name == PYDIFACT else None,
            note=peer.note,
            engine=own.engine,
        )
        for peer in others
        for own in found
        if own.name == CANONICAL
    ]
