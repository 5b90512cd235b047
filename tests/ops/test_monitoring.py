"""What operators' tools read over HTTP."""

import psycopg
import pytest
from django.test import Client

from openics import __version__
from openics.exchange.intake import accept
from openics.ops.settings import settings


@pytest.fixture
def away(configured: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database cannot be reached."""
    monkeypatch.setenv("OPENICS_DATABASE_URL", "postgresql:///openics?host=/nowhere")
    settings.cache_clear()


def test_live_answers_without_a_database(away: None, client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live", "version": __version__})


def test_ready(configured: str, connection: psycopg.Connection, client: Client) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {
        "status": "ready",
        "version": __version__,
        "checks": [
            {"name": "database", "well": True, "detail": "reachable"},
            {"name": "inbox", "well": True, "detail": "nothing waits"},
            {"name": "outbox", "well": True, "detail": "nothing waits"},
            {"name": "evidence chain", "well": True, "detail": "nothing waits"},
        ],
    }


def test_not_ready_says_why(configured: str, connection: psycopg.Connection, client: Client) -> None:
    accept(connection, channel="mail", content=b"mail", sender="a@b.example", peer="")
    connection.execute("UPDATE intake SET received_at = now() - interval '10 minutes'")
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    assert answer.json()["checks"][1] == {"name": "inbox", "well": False, "detail": "1 waiting, the oldest for 600 s"}


def test_without_a_database_it_is_not_ready(away: None, client: Client) -> None:
    answer = client.get("/health")
    assert answer.status_code == 503
    (check,) = answer.json()["checks"]
    assert (check["name"], check["well"]) == ("database", False)


def test_it_is_ready_again_after_the_database_was_restarted(
    configured: str, connection: psycopg.Connection, client: Client
) -> None:
    assert client.get("/health").status_code == 200
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'openics-health'"
    )
    assert client.get("/health").status_code == 200


def test_looking_leaves_no_connection_behind(configured: str, connection: psycopg.Connection, client: Client) -> None:
    for path in ("/health", "/metrics") * 3:
        assert client.get(path).status_code == 200
    left = "SELECT count(*) FROM pg_stat_activity WHERE application_name IN ('openics-health', 'openics-metrics')"
    connection.execute("SELECT pg_sleep(0.2)")
    assert connection.execute(left).fetchone() == (0,)


def test_metrics_are_text_for_prometheus(configured: str, connection: psycopg.Connection, client: Client) -> None:
    answer = client.get("/metrics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert answer.content.decode().endswith("# TYPE openics_delivery_seconds gauge\n")


def test_metrics_without_a_database(away: None, client: Client) -> None:
    answer = client.get("/metrics")
    assert (answer.status_code, answer.content) == (503, b"the database cannot be reached\n")


@pytest.mark.parametrize("path", ["/health", "/health/live", "/metrics"])
def test_they_are_only_read(configured: str, client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
