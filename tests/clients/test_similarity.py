"""Records that may be the same client."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from openics.clients.codes import ClientKind
from openics.clients.facts import RegisteredClient
from openics.clients.models import Client
from openics.clients.record import insert_clients
from openics.clients.similarity import address_key, name_key, similar

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HERE = {"street": "12 Harbour Street", "city": "Fremantle", "postcode": "6160", "country": "AU"}
THERE = {"street": "900 Quay Road", "city": "Auckland", "country": "NZ"}
CLIENTS = [
    RegisteredClient("AAA3333333A", ClientKind.ORGANISATION, NOW, name="Meridian Foods Pty. Ltd.", address=HERE),
    RegisteredClient("AAA3333334N", ClientKind.ORGANISATION, NOW, name="THE MERIDIEN FOODS COMPANY", address=HERE),
    RegisteredClient("AAA3333336P", ClientKind.ORGANISATION, NOW, name="MERIDIAN FOODS", address=THERE),
    RegisteredClient("51824753556", ClientKind.ABN, NOW, name="MERIDIAN FOODS PTY LTD"),
    RegisteredClient("53004085616", ClientKind.ABN, NOW, name="SOUTHERN GRAIN PTY LTD", address=HERE),
]


@pytest.fixture(autouse=True)
def register() -> None:
    with connection.cursor() as cursor:
        insert_clients(cursor, CLIENTS)


def scores(name: str, address: dict[str, str], but: str = "") -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        return [(each.client_id, each.score) for each in similar(cursor, name, address, but)]


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_the_database_makes_the_same_keys(client: RegisteredClient) -> None:
    row = Client.objects.get(client_id=client.client_id)
    assert (row.name_key, row.address_key) == (name_key(client.name), address_key(client.address))


def test_the_same_comes_first_and_another_name_is_not_proposed() -> None:
    assert scores("MERIDIAN FOODS", HERE) == [
        *(("AAA3333333A", 100), ("51824753556", 85), ("AAA3333334N", 77), ("AAA3333336P", 71)),
    ]


def test_a_record_is_not_like_itself() -> None:
    assert [client for client, _ in scores("MERIDIAN FOODS", HERE, but="AAA3333333A")] == [
        *("51824753556", "AAA3333334N", "AAA3333336P"),
    ]


@pytest.mark.parametrize("name", ["", "Pty Ltd", "'; DROP TABLE client; --", "%_%"])
def test_names_that_say_nothing(name: str) -> None:
    assert scores(name, HERE) == []


def test_a_merged_record_is_not_proposed() -> None:
    Client.objects.filter(client_id="AAA3333333A").update(merged_into=Client.objects.get(client_id="51824753556"))
    assert "AAA3333333A" not in dict(scores("MERIDIAN FOODS", HERE))
