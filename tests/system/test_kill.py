"""Kill -9 of any process at any point loses nothing and doubles nothing."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count

import psutil
import psycopg
import pytest
from structlog.testing import capture_logs

from openics.edifact.reader import read_interchange
from openics.exchange.evidence import Verification, verify
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.reading import read_message
from openics.pki.smime import Bounds, unseal
from openics.sandbox.counterpart import Counterpart
from openics.sandbox.story import current_declaration
from openics.trader.errors import TraderError
from openics.trader.home import TraderHome
from openics.trader.keys import identities
from openics.trader.listening import read_maildir
from openics.trader.sending import deliver, keep
from system.conftest import Make
from system.instances import System, wait_for

pytestmark = [pytest.mark.xdist_group("system"), pytest.mark.timeout(300)]

SITES = ("AAA676Y", "AAR399A")
VICTIMS = {
    "gateway": 8,
    "worker": 10,
    "courier": 6,
    "webhooks": 2,
    "sweeper": 4,
    "web": 2,
    "mailbox": 4,
    "backend": 7,
    "postmaster": 4,
    "supervisor": 3,
}
"""How often each kind of process is killed: 50 times in all."""
MOST_BETWEEN = 6
"""Interchanges that are acknowledged between two kills, at most; then it is random when the next comes:"""
LONGEST_WAIT, LONGEST_PAUSE = 1.5, 0.05
"""after so many seconds without them all the same, or else within so many seconds."""
LONGEST_SEND_PAUSE = 0.1
"""Seconds between two interchanges of a site, at most: so that there is always something under way."""
SENDERS = 2
"""Threads of each site that send."""
LEAST_SENT = 100
"""Interchanges that each site sends at least."""
QUIET_SECONDS = 120.0


@dataclass
class Trader:
    """A site that sends export declarations, repeats what was not acknowledged, and confirms what it receives.

    `lodged` maps control references to sender references for all that was ever handed to SMTP; `acknowledged` are those
    that were answered with 250, the others were given up after a failure.
    """

    counterpart: Counterpart
    chance: random.Random
    lodged: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    failures: int = 0
    numbers: Iterator[int] = field(default_factory=count)
    enough: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def home(self) -> TraderHome:
        """The site's directory; read again each time, as the gateway's port may have changed."""
        return TraderHome.open(self.counterpart.home.directory)

    def send(self) -> None:
        """Send one declaration after the other until enough was done and enough was sent."""
        while not self.done.is_set() and (not self.enough.is_set() or len(self.lodged) < LEAST_SENT):
            self._lodge(f"{self.home.config.site}-{next(self.numbers):04d}")
            time.sleep(self.chance.uniform(0.0, LONGEST_SEND_PAUSE))

    def collect(self) -> None:
        """Take in and confirm what customs sends, until `done`."""
        while not self.done.wait(0.1):
            self.counterpart.desk.home = self.home
            read_maildir(self.counterpart.desk, self.counterpart.maildir)

    def _lodge(self, reference: str) -> None:
        now = datetime.now(UTC)
        sent = keep(self.home, self.counterpart.interchange(current_declaration(reference, now)), now)
        self.lodged[sent.control_reference] = reference
        patient = self.chance.random() < 0.9
        while not self.done.is_set():
            try:
                deliver(self.home, sent, datetime.now(UTC))
            except TraderError:
                self.failures += 1
                if not patient:
                    return
                time.sleep(self.chance.uniform(0.0, 0.4))
            else:
                self.acknowledged.add(sent.control_reference)
                return


@dataclass(frozen=True)
class Killer:
    """Kills processes at random moments, and starts the supervisor again when it was the one."""

    system: System
    traders: Sequence[Trader]
    chance: random.Random

    def run(self) -> Counter[str]:
        """Kill everything in `VICTIMS` in a random order; returns how many of each kind were killed."""
        order = [kind for kind, times in VICTIMS.items() for _ in range(times)]
        self.chance.shuffle(order)
        killed: Counter[str] = Counter()
        for kind in order:
            self._wait_for_work()
            wait_for(f"a {kind} to kill", lambda kind=kind: self._kill(kind))
            killed[kind] += 1
        return killed

    def _wait_for_work(self) -> None:
        enough = self._acknowledged() + self.chance.randint(0, MOST_BETWEEN)
        end = time.monotonic() + LONGEST_WAIT
        while self._acknowledged() < enough and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(self.chance.uniform(0.0, LONGEST_PAUSE))

    def _acknowledged(self) -> int:
        return sum(len(trader.acknowledged) for trader in self.traders)

    def _kill(self, kind: str) -> bool:
        if kind == "supervisor":
            self.system.kill()
            self.system.start()
            return True
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            if living := self.system.roles().get(kind):
                os.kill(self.chance.choice(sorted(living)), signal.SIGKILL)
                return True
        return False


@contextmanager
def working(system: System, *traders: Trader) -> Iterator[None]:
    """The traders at work, each in several threads; at the end they finish sending, and then wait until all is quiet."""
    senders = [threading.Thread(target=trader.send) for trader in traders for _ in range(SENDERS)]
    collectors = [threading.Thread(target=trader.collect) for trader in traders]
    with ExitStack() as stack:
        stack.enter_context(capture_logs())  # each confirmation that failed for a moment would be told
        for thread in (*senders, *collectors):
            stack.callback(thread.join)
            thread.start()
        for flag in [flag for trader in traders for flag in (trader.enough, trader.done)]:
            stack.callback(flag.set)
        yield
        for trader in traders:
            trader.enough.set()
        wait_for("everything is sent", lambda: not any(sender.is_alive() for sender in senders), QUIET_SECONDS)
        wait_for("everything is quiet", lambda: is_quiet(system), QUIET_SECONDS)


def is_quiet(system: System) -> bool:
    """Whether nothing is left to do: inbox handled, answers confirmed, evidence chained."""
    try:
        with system.database() as connection:
            return connection.execute(
                "SELECT NOT EXISTS (SELECT FROM intake WHERE state = 'pending') AND NOT EXISTS (SELECT FROM outbox_item "
                "WHERE state IN ('waiting', 'sealed') OR (state = 'delivered' AND wants_confirmation)) "
                "AND NOT EXISTS (SELECT FROM evidence WHERE position IS NULL)"
            ).fetchone() == (True,)
    except psycopg.OperationalError:
        return False


def rows(connection: psycopg.Connection, statement: str, *values: object) -> list[tuple[object, ...]]:
    """The rows that a statement gives."""
    return connection.execute(statement.encode(), values).fetchall()


@dataclass(frozen=True)
class Answers:
    """What a site holds from customs, each control reference once: those of its own interchanges that were accepted by
    CONTRL, the numbers given to its declarations, and all control references of customs.
    """

    accepted: list[str]
    numbers: list[tuple[str, str]]
    references: list[str]


def answers_of(home: TraderHome) -> Answers:
    """Read what a site has received."""
    found = Answers([], [], [])
    for path in sorted(home.received.glob("*.edi")):
        found.references.append(path.stem)
        (raw,) = read_interchange(path.read_bytes()).messages
        document = read_message(raw).document
        if isinstance(document, SyntaxReport):
            assert (document.action, document.error) == ("7", None)
            found.accepted.append(document.control_reference or "")
        else:
            assert isinstance(document, ExportDeclarationResponse)
            assert document.error_count == 0
            found.numbers.append((document.sender_reference or "", document.declaration_number or ""))
    return found


def sent_digests(home: TraderHome) -> dict[str, bytes]:
    """SHA-256 of every mail that a site made, by its key."""
    return {path.stem: sha256(path.read_bytes()).digest() for path in home.sent.glob("*.eml")}


def check_site(connection: psycopg.Connection, trader: Trader) -> set[str]:
    """Compare what a site lodged with what customs holds and with what came back; returns the numbers it got."""
    site = trader.home.config.site
    stored = {
        str(reference)
        for (reference,) in rows(
            connection,
            "SELECT i.control_reference FROM interchange i JOIN message m ON m.interchange_id = i.id "
            "WHERE i.direction = 'in' AND i.site = %s AND m.name = 'EXD'",
            site,
        )
    }
    assert trader.acknowledged <= stored <= set(trader.lodged)
    answers = answers_of(trader.home)
    assert sorted(answers.accepted) == sorted(stored)
    assert sorted(reference for reference, _ in answers.numbers) == sorted(trader.lodged[each] for each in stored)
    assert sorted(answers.numbers) == rows(
        connection, "SELECT sender_reference, edn FROM export_declaration WHERE site = %s ORDER BY 1", site
    )
    assert answers.references == [f"{number:014d}" for number in range(1, len(answers.references) + 1)]
    assert rows(connection, "SELECT last_control_reference FROM site WHERE site_id = %s", site) == [
        (len(answers.references),)
    ]
    assert list(trader.home.refused.iterdir()) == []
    return {number for _, number in answers.numbers}


def check_bytes(connection: psycopg.Connection, traders: Sequence[Trader]) -> None:
    """Every mail that was acknowledged is kept once, and no other than those that were made; copies are alike."""
    made, acknowledged = set(), set()
    for trader in traders:
        check_copies(trader)
        digests = sent_digests(trader.home)
        made |= set(digests.values())
        acknowledged |= {digests[reference] for reference in trader.acknowledged}
    kept = [
        bytes.fromhex(str(digest))
        for (digest,) in rows(connection, "SELECT encode(digest, 'hex') FROM evidence WHERE direction = 'in'")
    ]
    assert len(kept) == len(set(kept))
    assert acknowledged <= set(kept) <= made


def check_copies(trader: Trader) -> None:
    """What came several times under one control reference was the same each time."""
    home, copies = trader.home, dict[str, set[bytes]]()
    keys = identities(home)
    for path in (trader.counterpart.maildir.directory / "cur").iterdir():
        opened = unseal(path.read_bytes(), keys, Bounds())
        copies.setdefault(opened.filename, set()).add(opened.content)
    assert {name: len(contents) for name, contents in copies.items() if len(contents) > 1} == {}
    assert len(copies) == len(list(home.received.glob("*.edi")))


def check_states(connection: psycopg.Connection) -> None:
    """Everything received is handled, nothing is refused or parked, everything sent is confirmed where it must be."""
    assert rows(connection, "SELECT DISTINCT state FROM intake") == [("done",)]
    assert rows(connection, "SELECT DISTINCT state, wants_confirmation FROM outbox_item ORDER BY 1") == [
        ("confirmed", True),
        ("delivered", False),
    ]


def check_chain(connection: psycopg.Connection) -> None:
    """Every piece of evidence is in the chain, and the chain holds."""
    ((entries,),) = rows(connection, "SELECT count(*) FROM evidence")
    found = verify(connection)
    assert found == Verification(int(str(entries)), 0, found.head, None)


def test_nothing_is_lost_and_nothing_doubled(make_system: Make) -> None:
    seed = int(os.environ.get("OPENICS_KILL_SEED") or time.time_ns() % 1_000_000_000)
    print(f"OPENICS_KILL_SEED={seed} repeats the order of this run")  # noqa: T201 - shown when it fails
    system = make_system(WORKERS="2")
    system.start()
    traders = [Trader(system.site(site), random.Random(f"{seed} {site}")) for site in SITES]
    with working(system, *traders):
        killed = Killer(system, traders, random.Random(seed)).run()
    assert killed == VICTIMS
    assert killed.total() == 50
    with system.database() as connection:
        check_states(connection)
        numbers = [check_site(connection, trader) for trader in traders]
        assert numbers[0] & numbers[1] == set()
        check_bytes(connection, traders)
        check_chain(connection)
