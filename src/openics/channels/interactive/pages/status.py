"""System status: what anybody may know of how the system stands. No client is named, nothing is counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openics.channels.interactive import outage_board, standing
from openics.channels.interactive.access import public


@require_safe
@public
def status(request: HttpRequest) -> HttpResponse:
    """Whether mail is taken, how long things wait, and when something last came and went."""
    found = standing.current()
    context = {
        "standing": found,
        "queues": standing.queue_rows(found.queues),
        "outages": outage_board.current() if found.reachable else (),
    }
    return render(request, "guidance/status.html", context)
