"""Whoever could work before people had standing, grants and duties can work afterwards."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from openics.clients.access_codes import Application, Duty, Level
from openics.clients.models import Person
from openics.information.interest import viewer_of

BEFORE, AFTER = [("openics", "0005_sites")], [("openics", "0006_access")]
OLD_PEOPLE = """
INSERT INTO client (client_id, kind, client_activity_centre, name, match_key, address, contacts, roles, status)
VALUES ('80000000001', 'ABN', '', 'EXAMPLE EXPORTS', 'x', '{}', '[]', '{}', 'ACTIVE');
INSERT INTO person (password, is_superuser, email, name, client_id, is_officer, is_active)
SELECT '', false, email, email, CASE WHEN officer THEN NULL ELSE (SELECT id FROM client WHERE client_id = '80000000001') END,
       officer, active
FROM (VALUES ('gone@exports.example', false, false), ('first@exports.example', false, true),
             ('second@exports.example', false, true), ('officer@customs.example', true, true)) AS old (email, officer, active)
"""


@pytest.fixture
def migrated(transactional_db: None) -> None:
    """People of before, moved into the tables of after; the last migration is applied again at the end."""
    last = MigrationExecutor(connection).loader.graph.leaf_nodes("openics")
    MigrationExecutor(connection).migrate(BEFORE)
    try:
        with connection.cursor() as cursor:
            cursor.execute(OLD_PEOPLE)
        MigrationExecutor(connection).migrate(AFTER)
    finally:
        MigrationExecutor(connection).migrate(last)


def test_nobody_loses_what_they_had(migrated: None) -> None:
    found = {each.email.partition("@")[0]: each for each in Person.objects.all()}
    assert {name: (each.standing, each.is_administrator, each.is_locked) for name, each in found.items()} == {
        "gone": ("confirmed", False, True),
        "first": ("confirmed", True, False),
        "second": ("confirmed", False, False),
        "officer": ("confirmed", False, False),
    }
    for name in ("first", "second"):
        viewer = viewer_of(found[name])
        assert viewer.readable() == frozenset(Application)
        assert [each for each in Application if viewer.may(each, Level.LODGE)] == [Application.EXPORTS]
    assert viewer_of(found["officer"], "AUDIT: x").duties == frozenset(Duty)
