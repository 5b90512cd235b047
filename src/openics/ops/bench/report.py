"""Runs the benchmarks and shows the figures."""

import json
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from openics.ops.bench.measure import Figure


def run(console: Console, *, only: str, as_json: bool, seconds: float, megabytes: float = 0.5) -> int:
    """Measure `edi`, `gateway` or `all`; returns 0, or 2 for an unknown part. Whether bars are met is shown, not judged."""
    if only not in {"all", "edi", "gateway"}:
        console.print(f"[red]There is no benchmark {only}; there are edi, gateway and all.[/red]")
        return 2
    quiet = Console(stderr=True)
    found: list[Figure] = []
    if only in {"all", "edi"}:
        from openics.ops.bench import edi

        with quiet.status("Reading and writing…"):
            found += edi.figures(int(megabytes * 1e6))
    if only in {"all", "gateway"}:
        from openics.ops.bench import gateway

        found += gateway.figures(quiet, seconds)
    if as_json:
        print(json.dumps([{**asdict(figure), "met": figure.met} for figure in found], indent=2))  # noqa: T201 - for programs
    else:
        console.print(_table(found))
    return 0


def _table(found: list[Figure]) -> Table:
    table = Table()
    for heading in ("What", "Engine", "Value", "Unit", "Aim", "Met", "Note"):
        table.add_column(heading, justify="right" if heading in {"Value", "Aim"} else "left")
    for figure in found:
        aim = "" if figure.bar is None else f"{'≥' if figure.least else '≤'} {figure.bar:g}"
        met = {None: "", True: "[green]yes[/green]", False: "[red]no[/red]"}[figure.met]
        value = "" if figure.value is None else f"{figure.value:.3g}"
        table.add_row(figure.name, figure.engine, value, figure.unit, aim, met, figure.note)
    return table
