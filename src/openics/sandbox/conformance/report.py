"""The report of a run: what was asked, what came, how it stands; signed with the gateway's key."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from cryptography import x509

from openics import __version__
from openics.pki import cms
from openics.pki.identity import Identity
from openics.sandbox.conformance.facts import Traffic
from openics.sandbox.conformance.judge import Judgement
from openics.sandbox.conformance.verdicts import Result, Verdict

FORM: Final = "openics-conformance-1"
"""The form of the report, for programs that read it."""


def report(script: str, software: str, traffic: Traffic, judgement: Judgement) -> dict[str, Any]:
    """The report as JSON values; times in UTC, evidence as SHA-256 of the bytes that came."""
    return {
        "form": FORM,
        "site": traffic.site,
        "environment": "industry test" if traffic.test else "production",
        "software": software,
        "script": script,
        "began": _time(traffic.since),
        "ended": _time(traffic.now),
        "judged_by": f"OpenICS {__version__}",
        "conforms": judgement.conforms,
        "steps": [_result(result) for result in judgement.results],
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "step": result.step,
        "title": result.title,
        "state": result.state.value,
        "checks": [_verdict(verdict) for verdict in result.verdicts],
        "evidence": list(result.evidence),
    }


def _verdict(verdict: Verdict) -> dict[str, str]:
    found = {"check": verdict.check, "state": verdict.state.value, "found": verdict.text}
    return {**found, "fix": verdict.fix} if verdict.fix else found


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def as_bytes(content: dict[str, Any]) -> bytes:
    """The bytes of a report, as they are signed."""
    return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"


def signature(content: bytes, identity: Identity) -> bytes:
    """A detached CMS signature over a report, DER, to be kept beside it."""
    return cms.sign_detached(content, identity)


def signed_by(content: bytes, signed: bytes, known: Sequence[x509.Certificate]) -> x509.Certificate | None:
    """Which of the `known` certificates signed a report; None when it was another one.

    Raises PkiError when the report was changed or the signature cannot be read.
    """
    signer = cms.verify(signed, content).signer_certificate
    return signer if signer in known else None
