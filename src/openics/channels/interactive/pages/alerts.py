"""Alerts about looks at records, for officers with the duty of audit."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openics.channels.interactive.access import on_duty
from openics.channels.interactive.words import Word
from openics.clients.access_codes import Duty
from openics.exchange.policy import CANBERRA
from openics.information import disclosures, watch
from openics.information.interest import Viewer
from openics.information.watch_rules import Alert, thresholds

SPAN: Final = timedelta(days=7)
"""How far back the page looks from the end of the day that is asked for."""
WORDS: Final = {
    Alert.SAME_RECORD: Word("Same record", "orange"),
    Alert.REFUSALS: Word("Refusals", "red"),
    Alert.SCAN: Word("Wide scan", "red"),
    Alert.OUT_OF_HOURS: Word("Out of hours", "yellow"),
}


@require_safe
@on_duty(Duty.AUDIT)
def alerts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What stood out in the seven days up to now, or to the end of a day."""
    entered, problem = request.GET.get("day", "").strip(), ""
    until = timezone.now()
    if entered:
        try:
            midnight = datetime.combine(date.fromisoformat(entered) + timedelta(days=1), time(), CANBERRA)
            until = min(until, midnight)
        except (ValueError, OverflowError):
            problem = "Enter the day as year, month and day, for example 2026-03-31"
    disclosures.record(viewer, "ALERTS", entered)
    context = {
        "found": watch.alerts(until - SPAN, until),
        "thresholds": thresholds(until),
        "entered": entered,
        "problem": problem,
        "words_of": WORDS,
        "until": until,
    }
    return render(request, "alerts/list.html", context)
