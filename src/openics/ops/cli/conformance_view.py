"""How a conformance run looks in the terminal."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape

from openics.sandbox.conformance.facts import Incoming, Lodged, Traffic
from openics.sandbox.conformance.judge import Judgement
from openics.sandbox.conformance.verdicts import Result, State

_MARKS: Final = {
    State.HELD: "[green]✓[/green]",
    State.OPEN: "[yellow]…[/yellow]",
    State.BROKEN: "[red]✗[/red]",
    State.NOT_SHOWN: "[dim]-[/dim]",
}
_MOST_FINDINGS: Final = 3


@dataclass(slots=True)
class Progress:
    """Prints what is new: what came, which steps are decided, and what the software is asked to do next."""

    console: Console
    site: str
    seen: set[int] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)
    asked: str = ""

    def show(self, traffic: Traffic, judgement: Judgement) -> bool:
        """Print what changed; returns whether anything did."""
        came = [mail for mail in traffic.incoming if mail.intake not in self.seen]
        for mail in came:
            self.seen.add(mail.intake)
            _print(self.console, f"    [dim]came: {escape(_in_words(mail))}[/dim]")
        done = [each for each in judgement.steps if each.step not in self.decided and _decided(each)]
        for result in done:
            self.decided.add(result.step)
            show_result(self.console, result)
        return bool(came) | bool(done) | self._ask(judgement.current)

    def _ask(self, current: Result | None) -> bool:
        if current is None or current.step == self.asked:
            return False
        self.asked = current.step
        if any(verdict.check == "shown" and verdict.state is State.HELD for verdict in current.verdicts):
            return True
        _print(
            self.console,
            f"[bold]{current.step} {escape(current.title)}[/bold] ({self.site})\n    {escape(current.task)}",
        )
        return True


def show_all(console: Console, judgement: Judgement) -> None:
    """Print every step as it stands."""
    for result in judgement.steps:
        show_result(console, result)


def show_result(console: Console, result: Result) -> None:
    """Print one step with its checks; what is broken with its fix."""
    _print(console, f"{_MARKS[result.state]} [bold]{result.step} {escape(result.title)}[/bold]")
    for verdict in result.verdicts:
        _print(console, f"    {_MARKS[verdict.state]} {escape(verdict.check)}: {escape(verdict.text)}")
        if verdict.fix:
            _print(console, f"      {escape(verdict.fix)}")


def show_end(console: Console, judgement: Judgement, path: Path) -> None:
    """Print what holds throughout, the outcome, and where the report is."""
    show_result(console, judgement.throughout)
    for result in judgement.steps:
        if result.state is State.OPEN:
            _print(
                console,
                f"[yellow]Not shown in time:[/yellow] {result.step} {escape(result.title)}. {escape(result.task)}",
            )
    words = (
        "[green]The software conforms.[/green]"
        if judgement.conforms
        else "[red]The software does not conform yet.[/red]"
    )
    _print(console, f"{words} The report: {escape(str(path))}, its signature beside it.")


def _decided(result: Result) -> bool:
    return result.state in {State.HELD, State.BROKEN}


def _in_words(mail: Incoming) -> str:
    if mail.refusal is not None:
        return f"refused at the gateway: {mail.refusal.get('text', '')}"
    return (
        "; ".join(_message(message) for message in mail.messages)
        or f"interchange {mail.control_reference}, {mail.outcome}"
    )


def _message(message: Lodged) -> str:
    if message.name == "CONTRL":
        return f"CONTRL on {message.about}"
    texts = [str(finding.get("text", "")) for finding in message.findings if finding.get("severity") != "ADVICE"]
    why = f" ({'; '.join(texts[:_MOST_FINDINGS])})" if message.state != "accepted" and texts else ""
    return f"{message.words}: {message.state}{why}"


def _print(console: Console, text: str) -> None:
    console.print(text, highlight=False, soft_wrap=True)
