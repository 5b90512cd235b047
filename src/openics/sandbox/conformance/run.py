"""Carries a run out: looks at the log, judges, and sends again what a step asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg import Connection

from openics.exchange.outbox import request_redelivery
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.key_ring import target
from openics.sandbox.conformance import load
from openics.sandbox.conformance.facts import Outgoing, Repeated, Traffic
from openics.sandbox.conformance.judge import Judgement, judge, to_repeat
from openics.sandbox.conformance.script import Step


@dataclass(slots=True)
class Run:
    """One run for one site, from `since` on; nothing of it is stored, so a run can be judged again from the log."""

    connection: Connection
    site: load.Tested
    script: Sequence[Step]
    since: datetime
    keys: GatewayKeys
    repeated: list[Repeated] = field(default_factory=list)

    def look(self, now: datetime, *, repeat: bool = True) -> tuple[Traffic, Judgement]:
        """What came until now and how it stands; with `repeat`, sends an answer again when it is time for that."""
        traffic = self._traffic(now)
        item = to_repeat(self.script, traffic) if repeat else None
        if item is not None and request_redelivery(self.connection, item, now):
            reference = _of(traffic, item).control_reference
            self.repeated.append(Repeated(item, reference, now))
            traffic = self._traffic(now)
        return traffic, judge(self.script, traffic)

    def _traffic(self, now: datetime) -> Traffic:
        newest = target(self.keys.published(now), now)
        name = fingerprint(newest.certificate) if newest else ""
        return load.traffic(self.connection, self.site, self.since, now, name, self.repeated)


def _of(traffic: Traffic, item: int) -> Outgoing:
    return next(each for each in traffic.outgoing if each.item == item)
