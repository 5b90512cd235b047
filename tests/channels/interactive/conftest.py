"""Fixtures for the pages without a browser."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from openics.channels.interactive import outage_board, purpose
from openics.clients.models import Person
from web import sample as samples

Browse = Callable[..., Client]


@pytest.fixture
def sample(db: None) -> samples.Sample:
    """The sample rows."""
    cache.clear()
    outage_board.forget()
    outage_board.current()
    return samples.make()


@pytest.fixture
def browse(db: None) -> Browse:
    """A client of somebody signed in; `what_for` gives an officer's purpose."""

    def signed_in(person: Person | None, what_for: str = "") -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        if what_for:
            session = client.session
            purpose.give(session, "ENQUIRY", what_for)
            session.save()
        return client

    return signed_in
