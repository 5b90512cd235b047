"""What is checked of a step, and throughout the run (pure)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from openics.sandbox.conformance.facts import Incoming, Lodged, Outgoing, Repeated, Traffic
from openics.sandbox.conformance.verdicts import Verdict, broken, held, waiting

CONFIRM_WITHIN: Final = timedelta(minutes=5)
"""How long a site may take to confirm an answer with CONTRL. Chosen by us: the guide gives no value, vendors speak of five
to ten minutes until an answer is read."""


def confirmed(traffic: Traffic, message: Lodged) -> Iterator[Verdict]:
    """Every answer to a message is confirmed with CONTRL in time."""
    answers = [item for item in traffic.answers_to(message) if item.wants_confirmation]
    if not answers:
        yield waiting("answered", f"customs has not answered {message.words} yet")
    for item in answers:
        yield _confirmed(traffic, item)


def _confirmed(traffic: Traffic, item: Outgoing) -> Verdict:
    name = "confirmed with CONTRL"
    what = f"{', '.join(item.names)} under control reference {item.control_reference}"
    if item.objection:
        fix = "Look into why your software refuses it; `openics edi check` says whether the interchange follows its guide."
        return broken(name, f"your software confirmed {what} with an objection: {item.objection}", fix)
    if item.sends > 1:
        return broken(name, f"{what} had to be sent {item.sends} times", _confirm_it(item.control_reference))
    if item.delivered_at is None:
        return waiting(name, f"{what} is on its way")
    if item.confirmed_at is not None:
        return _in_time(name, what, item.confirmed_at - item.delivered_at)
    if traffic.now - item.delivered_at <= CONFIRM_WITHIN:
        return waiting(name, f"{what} was delivered and is not confirmed yet")
    return _unconfirmed(name, what, item.control_reference)


def _in_time(name: str, what: str, taken: timedelta) -> Verdict:
    if taken < timedelta(0):
        return held(name, f"{what} was confirmed, before it was sent a second time")
    if taken <= CONFIRM_WITHIN:
        return held(name, f"{what} was confirmed after {taken.total_seconds():.1f} s")
    return broken(
        name,
        f"{what} was confirmed after {taken}, later than {CONFIRM_WITHIN}",
        "Read the mailbox more often, and confirm an interchange as soon as it is stored, before it is processed.",
    )


def _unconfirmed(name: str, what: str, reference: str) -> Verdict:
    return broken(name, f"{what} was not confirmed within {CONFIRM_WITHIN}", _confirm_it(reference))


def _confirm_it(reference: str) -> str:
    return f"Send a CONTRL whose UCI quotes control reference {reference} as soon as the interchange is stored."


def versioned(message: Lodged, before: Lodged | None) -> Iterator[Verdict]:
    """A later message about the same document carries a later version."""
    if before is None or message.version is None or before.version is None or message.name != before.name:
        return
    if message.version > before.version:
        yield held("version", f"version {message.version} follows version {before.version}")
    else:
        text = f"{message.words} does not follow version {before.version}"
        yield broken("version", text, "Count the version up with every change of a document.")


def repeated(traffic: Traffic, each: Repeated) -> Verdict:
    """What customs sends a second time is confirmed a second time."""
    name, what = "confirmed again", f"control reference {each.control_reference}"
    again = (mail for mail, contrl in traffic.confirmations() if contrl.about == each.control_reference)
    for mail in again:
        if mail.at > each.at:
            return held(name, f"{what} was confirmed again after {(mail.at - each.at).total_seconds():.1f} s")
    if traffic.now - each.at <= CONFIRM_WITHIN:
        return waiting(name, f"{what} was sent again and is not confirmed again yet")
    return _unconfirmed(name, f"{what}, sent a second time,", each.control_reference)


def throughout(traffic: Traffic) -> tuple[Verdict, ...]:
    """What holds of everything that came, whichever step it belongs to."""
    return (
        _opened(traffic),
        _newest_key(traffic),
        _environment(traffic),
        _syntax(traffic),
        _references(traffic),
        _asks_for_contrl(traffic),
        _no_loops(traffic),
        _confirms_what_was_sent(traffic),
    )


def _opened(traffic: Traffic) -> Verdict:
    name = "mail that the gateway takes"
    for mail in traffic.incoming:
        if mail.refusal is not None:
            return broken(name, _refusal(mail), mail.refusal.get("fix", ""))
    return held(name, f"all {len(traffic.incoming)} were taken")


def _refusal(mail: Incoming) -> str:
    refusal = mail.refusal or {}
    rule = f" (rule {refusal['rule']})" if refusal.get("rule") else ""
    return f"intake {mail.intake} was refused{rule}: {refusal.get('text', '')}"


def _newest_key(traffic: Traffic) -> Verdict:
    name = "encrypted to the gateway's newest certificate"
    sealed = [mail for mail in traffic.incoming if mail.gateway_key is not None]
    old = next((mail for mail in sealed if mail.gateway_key != traffic.newest_key), None)
    if old is None:
        return held(name, f"all {len(sealed)} that were encrypted")
    text = f"intake {old.intake} was encrypted to certificate {(old.gateway_key or '')[:16]}, not {traffic.newest_key[:16]}"
    return broken(name, text, "Take the gateway's newest certificate from its page, and encrypt to that.")


def _environment(traffic: Traffic) -> Verdict:
    name = "test indicator"
    wrong = next((mail for mail in traffic.incoming if mail.control_reference and mail.test != traffic.test), None)
    if wrong is None:
        return held(name, "UNB says the environment in every interchange")
    due = "1" if traffic.test else "nothing"
    return broken(name, f"interchange {wrong.control_reference} has it otherwise", f"Write {due} into UNB 0035.")


def _syntax(traffic: Traffic) -> Verdict:
    name = "syntax and layout"
    for mail in traffic.incoming:
        invalid = [message for message in mail.messages if message.state == "invalid"]
        if mail.outcome == "rejected" or invalid:
            what = ", ".join(message.words for message in invalid) or "the interchange as a whole"
            text = f"interchange {mail.control_reference}: {what} does not follow its guide"
            return broken(
                name, text, "The CONTRL or ERM names the place; `openics edi check FILE` shows it with its fix."
            )
    return held(name, "every interchange follows its guides")


def _references(traffic: Traffic) -> Verdict:
    name = "control references"
    twice = next((mail for mail in traffic.incoming if mail.outcome == "duplicate"), None)
    if twice is None:
        return held(name, "each was used once")
    text = f"control reference {twice.control_reference} was used before"
    return broken(name, text, "Keep the last number durably, and count it up before an interchange is sent.")


def _asks_for_contrl(traffic: Traffic) -> Verdict:
    name = "asks for CONTRL"
    silent = next((mail for mail in traffic.incoming if _should_ask(mail) and not mail.asks_for_contrl), None)
    if silent is None:
        return held(name, "every interchange that is not only CONTRL asks for one")
    text = f"interchange {silent.control_reference} does not ask for a CONTRL, so a lost one is not noticed"
    return broken(name, text, "Write 1 into UNB 0031.")


def _should_ask(mail: Incoming) -> bool:
    return bool(mail.control_reference) and not mail.only_confirms


def _no_loops(traffic: Traffic) -> Verdict:
    name = "no CONTRL on CONTRL"
    unwanted = {item.control_reference for item in traffic.outgoing if not item.wants_confirmation}
    for mail, contrl in traffic.confirmations():
        if contrl.about in unwanted:
            text = f"intake {mail.intake} confirms {contrl.about}, which holds only CONTRL"
            return broken(
                name, text, "Never answer an interchange that holds only CONTRL: two systems would never end."
            )
        if mail.only_confirms and mail.asks_for_contrl:
            text = f"interchange {mail.control_reference} holds only CONTRL and asks for one"
            return broken(name, text, "Leave UNB 0031 empty in an interchange that holds only CONTRL.")
    return held(name, "none was sent")


def _confirms_what_was_sent(traffic: Traffic) -> Verdict:
    name = "CONTRL names what was sent"
    known = {item.control_reference for item in traffic.outgoing}
    for mail, contrl in traffic.confirmations():
        if contrl.about not in known:
            text = f"intake {mail.intake} confirms control reference {contrl.about}, which was not sent since the run began"
            return broken(name, text, "Quote in UCI 0020 the control reference of the UNB that was received.")
    return held(name, "every CONTRL quotes an interchange that was sent")
