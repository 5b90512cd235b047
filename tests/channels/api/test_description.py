"""The OpenAPI description is true: requests made up from it are answered as it says."""

from typing import Any

import pytest
import schemathesis
from django.conf import settings as chosen
from django.core.wsgi import get_wsgi_application
from django.db import connections
from pytest_django import Settings
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from channels.api.conftest import House, declaration, interchange

SEED = 20261123
NOT_ASKED = {
    "positive_data_acceptance": "a document that follows its schema may still break a rule, or be somebody else's",
}

ENDS_THE_TOKEN = "DELETE /api/v1/token"
"""Not asked here, as everything after it would be refused; its own tests are in `test_tokens`."""
TOLD_LATER = {
    "POST /api/v1/checks": "what is wrong with a document is what it tells",
    "POST /api/v1/submissions": "lengths and codes are judged by the gateway, as of every other channel",
}


def application() -> Any:
    """The live WSGI application, leaving no connection behind in the engine's threads."""
    live = get_wsgi_application()

    def answer(environ: Any, start: Any) -> Any:
        try:
            return live(environ, start)
        finally:
            connections.close_all()

    return answer


@pytest.mark.timeout(900)  # a minute of work, on a machine that may have much else to do
def test_requests_made_up_from_the_description_are_answered_as_it_says(house: House, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    settings.ALLOWED_HOSTS = [*chosen.ALLOWED_HOSTS, "testserver"]
    house.program("post", "/submissions", edifact=interchange(declaration()))
    house.work()
    config = SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "headers": {"Authorization": f"Bearer {house.program.token}"},
            "generation": {"max-examples": 2, "deterministic": True, "database": "none"},
            "phases": {"stateful": {"enabled": False}, "coverage": {"unexpected-methods": ["PUT"]}},
            "checks": {name: {"enabled": False} for name in NOT_ASKED},
            "operations": [
                {"include-name": ENDS_THE_TOKEN, "enabled": False},
                *(
                    {"include-name": name, "checks": {"negative_data_rejection": {"enabled": False}}}
                    for name in TOLD_LATER
                ),
            ],
        }
    )
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application(), config=config)
    failures, errors, asked = [], [], set()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for label, checks in event.recorder.checks.items():
                case = event.recorder.cases[label].value
                asked.add((case.method, case.path))
                failures += [
                    f"{case.method} {case.path}: {each.name}: {each.failure_info.failure}\n{each.failure_info.code_sample}"
                    for each in checks
                    if each.failure_info
                ]
        elif isinstance(event, events.NonFatalError | events.FatalError):
            errors.append(str(event.__dict__ if hasattr(event, "__dict__") else event))
    assert errors == []
    assert "\n".join(failures) == ""
    paths = schema.raw_schema["paths"]
    operations = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert operations - asked == {tuple(ENDS_THE_TOKEN.split(" "))}
    assert house.program("get", "/self").status == 200
