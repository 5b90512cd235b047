"""`openics api`: programs made, listed, given another secret, ended."""

import json
import re

import psycopg
import pytest

from channels.api.conftest import ask
from openics.channels.api.models import Program
from openics.clients.models import Client
from openics.exchange.models import Event
from ops.conftest import Openics

ABN = "80000000001"
MADE = re.compile(r"Program: (prg-[a-z2-9]{16})\nSecret:  (openics_secret_\S{43})\nIt is not shown again\.\n")


@pytest.fixture
def exporter(connection: psycopg.Connection) -> Client:
    """A registered client."""
    return Client.objects.create(client_id=ABN, kind="ABN", name="EXAMPLE EXPORTS", match_key="x")


def works(identifier: str, secret: str) -> bool:
    """Whether the secret gets a token."""
    form = {"grant_type": "client_credentials"}
    return ask("post", "/token", form=form, basic=(identifier, secret)).status == 200


def test_from_making_to_the_end(openics: Openics, exporter: Client) -> None:
    made = openics("api", "make", "--client", ABN, "--name", "Desk", "--scope", "exports:lodge", "--by", "operator")
    match = MADE.fullmatch(made.output)
    assert match is not None
    identifier, first = match[1], match[2]
    program = Program.objects.get()
    assert (program.client, program.name, program.scopes, program.made_by) == (
        exporter,
        "Desk",
        ["exports:lodge"],
        None,
    )
    assert works(identifier, first) is True
    second = json.loads(openics("api", "secret", identifier, "--json").output)["secret"]
    assert (works(identifier, first), works(identifier, second)) == (True, True)
    third = json.loads(openics("api", "secret", identifier, "--overlap", "0", "--json").output)["secret"]
    assert [works(identifier, each) for each in (first, second, third)] == [False, False, True]
    listed = json.loads(openics("api", "list", "--client", ABN, "--json").output)
    assert [(each["program"], each["name"], len(each["secrets"])) for each in listed] == [(identifier, "Desk", 3)]
    assert identifier in openics("api", "list").output
    assert openics("api", "end", identifier).output == f"Program {identifier} is ended.\n"
    assert openics("api", "end", identifier).output == f"Program {identifier} is ended already.\n"
    assert works(identifier, third) is False
    events = Event.objects.filter(subject_kind="PROGRAM", subject_key=identifier).order_by("id")
    assert [(each.code, each.channel) for each in events] == [
        ("program.made", "console"),
        ("program.rotated", "console"),
        ("program.rotated", "console"),
        ("program.ended", "console"),
    ]
    assert events[0].actor == "operator"


def test_what_cannot_be_is_told(openics: Openics, exporter: Client) -> None:
    told = [
        openics("api", "make", "--client", "1", "--name", "Desk"),
        openics("api", "make", "--client", ABN, "--name", "Desk", "--scope", "everything"),
        openics("api", "secret", "prg-nobody"),
        openics("api", "end", "prg-nobody"),
    ]
    assert [each.exit_code for each in told] == [1] * 4
    assert told[0].output.splitlines()[0] == "Client 1: No such client is registered."
    assert told[2].output.splitlines()[0] == "Program prg-nobody: There is no such program."
    assert Program.objects.count() == 0
