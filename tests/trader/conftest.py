"""A trading site of its own for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from openics.sandbox.mailbox import Mailboxes
from openics.trader.home import TraderHome
from trader.world import GATEWAY, World, mail_server


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The keys of both sides."""
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture
def home(world: World, tmp_path: Path) -> TraderHome:
    """A complete home, with no mail server behind its SMTP port."""
    shutil.copytree(world.template.directory, tmp_path / "home")
    return TraderHome.open(tmp_path / "home").changed(smtp_port=9)


@pytest.fixture
def gateway_mail(tmp_path: Path) -> Iterator[tuple[int, Mailboxes]]:
    """A mail server that takes mail for the gateway: its port and mailboxes."""
    with mail_server(tmp_path / "mailboxes", GATEWAY) as server:
        yield server


@pytest.fixture
def connected(home: TraderHome, gateway_mail: tuple[int, Mailboxes]) -> TraderHome:
    """A complete home whose mail reaches the gateway's mailbox."""
    return home.changed(smtp_port=gateway_mail[0])
