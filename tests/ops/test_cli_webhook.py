"""`openics webhook`."""

import json
import re

import psycopg

from ops.conftest import Openics

OWN, URL = "80000000001", "https://hooks.exports.example/customs"


def test_a_webhooks_life(openics: Openics, register: psycopg.Connection) -> None:
    added = openics("webhook", "add", OWN, URL, "--code", "export.", "--by", "operator")
    assert added.exit_code == 0
    number = int(re.findall(r"Webhook (\d+) is registered for 80000000001\.", added.output)[0])
    secret = re.findall(r"whsec_\S+", added.output)[0]
    assert openics("webhook", "secret", number).output.strip() == secret
    (listed,) = json.loads(openics("webhook", "list", "--json").output)
    assert (listed["webhook"], listed["url"], listed["codes"], listed["waiting"]) == (number, URL, ["export."], 0)
    assert openics("webhook", "pause", number, "--reason", "Maintenance").output == f"Webhook {number} is paused.\n"
    assert "Maintenance" in openics("webhook", "list").output
    assert "is not active" in openics("webhook", "pause", number, "--reason", "Again").output
    assert openics("webhook", "resume", number).output == f"Webhook {number} is active.\n"
    assert openics("webhook", "replay", number).output == "0 events are sent once more.\n"
    renewed = openics("webhook", "renew", number)
    assert re.findall(r"whsec_\S+", renewed.output) != [secret]
    assert openics("webhook", "end", number).output == f"Webhook {number} has ended.\n"
    assert openics("webhook", "list").output == "No webhook is registered.\n"


def test_mistakes(openics: Openics, register: psycopg.Connection) -> None:
    for arguments in (
        ("add", OWN, "http://inside/"),
        ("add", "11111111111", URL),
        ("secret", 99),
        ("pause", 99, "--reason", "x"),
        ("end", 99),
    ):
        result = openics("webhook", *arguments)
        assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert register.execute("SELECT count(*) FROM webhook").fetchone() == (0,)
