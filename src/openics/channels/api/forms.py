"""The rows of the house as the API tells them (JSON values)."""

from collections.abc import Mapping
from typing import Any

from openics.channels.api.frontdoor import ROOT
from openics.clients.models import Site
from openics.decision.conditions import Condition, next_actions
from openics.exchange.models import Event, Intake, Interchange, Message
from openics.exports.codes import Status
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.reference.models import ReferenceItem

Json = dict[str, Any]


def finding(data: Mapping[str, Any]) -> Json:
    """A finding of a decision, or a fault of syntax, guide or data dictionary: one form for both."""
    line = data.get("line")
    place = data.get("place") or ("" if line is None else "header" if line == 0 else f"line {line}")
    return {
        "severity": data.get("severity") or "ERROR",
        "error": str(data.get("error") or data.get("code") or ""),
        "text": data.get("text") or "",
        "place": place,
        "line": line,
        "item": data.get("name") or "",
        "found": data.get("found") or "",
        "expected": data.get("expected") or "",
        "rule": data.get("rule") or "",
    }


def message_line(row: Message) -> Json:
    """A message in a list."""
    subject = {"kind": row.subject_kind, "key": row.subject_key} if row.subject_key else None
    return {
        "id": row.pk,
        "name": row.name,
        "direction": row.direction,
        "site": row.site,
        "owner": row.owner,
        "sender_reference": row.sender_reference,
        "version": row.version,
        "function": row.function,
        "state": row.state,
        "subject": subject,
        "interchange": row.interchange_id,
        "position": row.position,
        "reference": row.reference,
        "answers": row.answers_id,
        "recorded_at": row.recorded_at,
        "findings": [finding(each) for each in row.findings],
        "location": f"{ROOT}/messages/{row.pk}",
    }


def message(row: Message) -> Json:
    """A message with its document and the rules that were checked."""
    rules = [{"rule": each["rule"], "applied": each["applied"], "broken": each["broken"]} for each in row.rules]
    return {**message_line(row), "document": row.document, "rules": rules}


def answer(row: Message) -> Json:
    """An answer of customs, as JSON and as EDIFACT."""
    edifact = bytes(row.interchange.content).decode("latin-1")
    return {**message_line(row), "document": row.document, "edifact": edifact}


def interchange(row: Interchange) -> Json:
    """An interchange without its bytes."""
    return {
        "id": row.pk,
        "direction": row.direction,
        "site": row.site,
        "control_reference": row.control_reference,
        "test": row.test,
        "outcome": row.outcome,
        "submission": row.intake_id,
        "recorded_at": row.recorded_at,
        "faults": [finding(each) for each in row.faults],
        "location": f"{ROOT}/interchanges/{row.pk}",
        "content": f"{ROOT}/interchanges/{row.pk}/content",
    }


def submission(row: Intake, interchanges: list[Interchange], messages: list[Message]) -> Json:
    """How a submission stands."""
    refusal = row.refusal or None
    return {
        "id": row.pk,
        "state": row.state,
        "channel": row.channel,
        "received_at": row.received_at,
        "finished_at": row.finished_at,
        "repeated": row.redeliveries,
        "refusal": refusal and {name: refusal.get(name) or "" for name in ("code", "text", "fix", "rule")},
        "interchanges": [interchange(each) for each in interchanges],
        "messages": [message_line(each) for each in messages],
        "location": f"{ROOT}/submissions/{row.pk}",
        "answers": f"{ROOT}/submissions/{row.pk}/answers",
    }


def condition(data: Mapping[str, Any]) -> Json:
    """One reason for a status."""
    names = ("name", "state", "detail", "since", "message", "who", "action")
    return {name: data.get(name) for name in names}


def declaration_line(row: ExportDeclaration) -> Json:
    """A declaration in a list."""
    return {
        "edn": row.edn,
        "status": row.status,
        "meaning": Status(row.status).description,
        "owner": row.owner,
        "goods_owner": row.goods_owner,
        "site": row.site,
        "sender_reference": row.sender_reference,
        "version": row.version,
        "intended_export_date": row.intended_export_date,
        "lodged_at": row.lodged_at,
        "changed_at": row.changed_at,
        "location": f"{ROOT}/declarations/{row.edn}",
    }


def declaration(row: ExportDeclaration) -> Json:
    """A declaration: why it stands as it does, who must act next, and the document in force."""
    conditions = tuple(Condition.from_json(each) for each in row.conditions)
    return {
        **declaration_line(row),
        "conditions": [condition(each) for each in row.conditions],
        "next": [{"who": each.who, "action": each.action, "because": each.name} for each in next_actions(conditions)],
        "document": row.document,
    }


def version(row: ExportDeclarationVersion) -> Json:
    """One accepted version of a declaration."""
    return {
        "version": row.version,
        "function": row.function,
        "message": row.message,
        "status": row.status,
        "recorded_at": row.recorded_at,
        "findings": [finding(each) for each in row.findings],
        "document": row.document,
    }


def event(row: Event) -> Json:
    """Something that happened."""
    return {"code": row.code, "at": row.at, "channel": row.channel, "message": row.message_id, "data": row.data}


def site(row: Site) -> Json:
    """An EDI site."""
    return {
        "site": row.site_id,
        "edi_address": row.edi_address,
        "active": row.active,
        "pause_reason": row.pause_reason,
        "test": row.test,
        "is_default": row.is_default,
        "location": f"{ROOT}/sites/{row.site_id}",
    }


def item(row: ReferenceItem) -> Json:
    """A code of the reference data for one period."""
    return {
        "list": row.code_list,
        "code": row.code,
        "name": row.name,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "data": row.data,
    }
