"""The roll-over of 2014, rehearsed under a moved clock: 8 May, 21 May 04:00 in Canberra, with mail under way both ways."""

import shutil
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from channels.mail.key_use_rows import standing
from channels.mail.roll_over import (
    CLOSED,
    EARLY,
    INSTANT,
    LATE,
    OPEN,
    PUNCTUAL,
    RETIRED,
    SWITCH,
    Answer,
    Stage,
    issue,
    references,
)
from exchange.conftest import connection  # noqa: F401 - a fixture
from openics.pki import directory
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import read_keys
from openics.pki.key_changes import rolled_back
from openics.trader.receiving import Refused, receive
from openics.trader.records import Received

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
BEFORE = (OPEN - SECOND, OPEN, OPEN + timedelta(days=7), CLOSED - MINUTE)
"""When mail is sent and answered at once, before the outage."""
AFTER = (SWITCH, SWITCH + SECOND, SWITCH + timedelta(days=1), RETIRED - SECOND)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All keys and certificates, to be copied."""
    made = tmp_path_factory.mktemp("issued")
    issue(made)
    return made


@pytest.fixture
def stage(
    issued: Path,
    tmp_path: Path,
    connection: psycopg.Connection,  # noqa: F811 - a fixture
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:
    """Everything in place on the day on which the new certificate is announced."""
    monkeypatch.setattr(directory, "RELOAD_AFTER", 0.0)
    shutil.copytree(issued, tmp_path / "stage")
    made = Stage(tmp_path / "stage", connection, database_url)
    made.announce()
    return made


def run_until_the_switch(stage: Stage) -> None:
    """Traffic up to the switch: mails sent in the outage are held, and answers sealed just before it are stuck."""
    for at in BEFORE:
        stage.lodge(at)
        stage.work(at)
    stage.lodge(CLOSED - SECOND)
    stage.post.away = True
    stage.work(CLOSED - INSTANT)
    stage.lodge(SWITCH - INSTANT)
    stage.post.away = False


def run_to_the_end(stage: Stage) -> None:
    """The whole timetable, up to the last moment of the old key."""
    run_until_the_switch(stage)
    for at in AFTER:
        stage.lodge(at)
        stage.work(at + timedelta(minutes=15) if at is SWITCH else at)


def signers(stage: Stage, answers: list[Answer]) -> list[str]:
    """Whose signature each accepted answer carries."""
    names = {fingerprint(stage.old.certificate): "old", fingerprint(stage.new.certificate): "new"}
    return [names[answer.taken.signer] for answer in answers if isinstance(answer.taken, Received)]


def test_nothing_is_lost_and_every_answer_is_verified_by_a_site_that_has_switched(stage: Stage) -> None:
    run_to_the_end(stage)
    states = stage.states()
    assert len(states) == len(stage.sent) == 30
    assert {(state, code) for _, state, _, code in states} == {("done", None)}
    for site in (EARLY, PUNCTUAL):
        own = [answer for answer in stage.answers if answer.site == site]
        assert [answer.accepted for answer in own] == [True] * 20
        due = [
            (site, name, reference) for sent, reference in stage.sent if sent == site for name in ("CONTRL", "STREQR")
        ]
        assert references(own) == sorted(due)


def test_until_the_instant_also_by_a_site_that_has_not_switched_and_later_once_it_has(stage: Stage) -> None:
    run_to_the_end(stage)
    own = [answer for answer in stage.answers if answer.site == LATE]
    assert [answer.accepted for answer in own if answer.at < SWITCH] == [True] * 8
    sealed_before, sealed_after = own[8:10], own[10:]
    assert [answer.accepted for answer in sealed_before] == [True] * 2
    assert [answer.accepted for answer in sealed_after] == [False] * 10
    assert {answer.at >= SWITCH for answer in (*sealed_before, *sealed_after)} == {True}
    refused = [answer for answer in stage.answers if isinstance(answer.taken, Refused)]
    assert {answer.site for answer in refused} == {LATE}
    assert all("is not an accepted certificate of the gateway" in answer.taken.text for answer in refused)
    stage.trust(LATE, stage.new, SWITCH)
    again = [Answer(LATE, RETIRED, answer.mail, receive(stage.homes[LATE], answer.mail, RETIRED)) for answer in refused]
    assert [answer.accepted for answer in again] == [True] * 10
    own = [answer for answer in stage.answers if answer.site == LATE and answer.accepted]
    due = [(LATE, name, key) for site, key in stage.sent if site == LATE for name in ("CONTRL", "STREQR")]
    assert references([*own, *again]) == sorted(due)


def test_everybody_switches_at_the_instant_by_itself(stage: Stage) -> None:
    run_to_the_end(stage)
    own = [answer for answer in stage.answers if answer.site == EARLY]
    assert signers(stage, own) == ["old"] * 10 + ["new"] * 10
    assert [answer.at < SWITCH for answer in own] == [True] * 8 + [False] * 12
    assert stage.ring.signing(SWITCH - INSTANT) == stage.old
    assert stage.ring.signing(SWITCH) == stage.new
    used = {site: [key for own, _, key, _ in stage.states() if own == site] for site in (EARLY, PUNCTUAL, LATE)}
    assert used == {EARLY: ["old"] + ["new"] * 9, PUNCTUAL: ["old"] * 6 + ["new"] * 4, LATE: ["old"] * 10}


def test_after_the_old_key_is_retired_its_mail_is_refused_and_the_site_is_told(stage: Stage) -> None:
    run_to_the_end(stage)
    before = len(stage.states())
    stage.lodge(RETIRED)
    stage.work(RETIRED)
    assert stage.states()[before:] == [
        (EARLY, "done", "new", None),
        (PUNCTUAL, "done", "new", None),
        (LATE, "refused", "old", "wrong-key"),
    ]
    notices = stage.connection.execute("SELECT site, recipient FROM outbox_item WHERE notice <> ''").fetchall()
    assert notices == [(LATE, "admin@fkg373x.example")]


def test_the_table_of_sites_follows_the_roll_over(stage: Stage) -> None:
    assert standing(stage) == {EARLY: ("SILENT", ""), PUNCTUAL: ("SILENT", ""), LATE: ("SILENT", "")}
    run_until_the_switch(stage)
    assert standing(stage) == {EARLY: ("NEW", "gateway-2"), PUNCTUAL: ("OLD", "gateway-1"), LATE: ("OLD", "gateway-1")}
    stage.work(SWITCH)
    stage.lodge(SWITCH + SECOND)
    stage.work(SWITCH + SECOND)
    assert standing(stage) == {EARLY: ("NEW", "gateway-2"), PUNCTUAL: ("NEW", "gateway-2"), LATE: ("OLD", "gateway-1")}


def roll_back(stage: Stage) -> None:
    """What the command does, by the moved clock."""
    for key in rolled_back(read_keys(stage.keys), stage.clock()):
        key.save_dates(stage.keys)


def test_rolled_back_after_the_instant_every_site_can_go_on_as_it_is(stage: Stage) -> None:
    run_until_the_switch(stage)
    stage.work(SWITCH)
    stage.lodge(SWITCH + MINUTE)
    stage.work(SWITCH + MINUTE)
    before = len(stage.answers)
    stage.clock.now = SWITCH + 2 * MINUTE
    roll_back(stage)
    for at in (SWITCH + 3 * MINUTE, RETIRED + timedelta(days=1)):
        stage.lodge(at)
        stage.work(at)
    later = stage.answers[before:]
    assert [(answer.site, answer.accepted) for answer in later] == [(each, True) for each in _twice_each(later)]
    assert signers(stage, later) == ["old"] * 12
    assert {(state, code) for _, state, _, code in stage.states()} == {("done", None)}
    assert [key for _, _, key, _ in stage.states()[-3:]] == ["new", "new", "old"]


def _twice_each(later: list[Answer]) -> list[str]:
    """The sites of the answers, which must be each site's two answers to its two mails."""
    sites = [answer.site for answer in later]
    assert {site: sites.count(site) for site in (EARLY, PUNCTUAL, LATE)} == {EARLY: 4, PUNCTUAL: 4, LATE: 4}
    return sites


def test_called_off_before_the_instant_the_old_key_signs_on(stage: Stage) -> None:
    run_until_the_switch(stage)
    stage.clock.now = SWITCH - MINUTE
    roll_back(stage)
    stage.work(SWITCH)
    for at in AFTER:
        stage.lodge(at)
        stage.work(at)
    assert set(signers(stage, stage.answers)) == {"old"}
    assert [answer.accepted for answer in stage.answers] == [True] * 60
    assert {(state, code) for _, state, _, code in stage.states()} == {("done", None)}
