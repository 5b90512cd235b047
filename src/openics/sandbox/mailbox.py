"""The traders' mail server of the sandbox: takes mail by SMTP for known addresses into one maildir for each."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import structlog

from openics.channels.mail.listener import Listener, Mail
from openics.trader.maildir import Maildir

log = structlog.get_logger()


class Mailboxes:
    """The maildirs `<directory>/<address>/` of the known addresses.

    `addresses` says which are known; it is asked again for one that was not, for sites are registered meanwhile.
    """

    def __init__(self, directory: Path, addresses: Callable[[], Iterable[str]]) -> None:
        self._directory = directory
        self._addresses = addresses
        self._maildirs: dict[str, Maildir] = {}
        self._look()

    def known(self, address: str) -> bool:
        """Whether the address has a mailbox; upper and lower case are one."""
        if address.casefold() not in self._maildirs:
            self._look()
        return address.casefold() in self._maildirs

    def of(self, address: str) -> Maildir:
        """The mailbox of a known address; KeyError for another."""
        return self._maildirs[address.casefold()]

    def _look(self) -> None:
        for address in self._addresses():
            if address.casefold() not in self._maildirs:
                self._maildirs[address.casefold()] = Maildir(_home(self._directory, address))

    async def receive(self, mail: Mail) -> str:
        """Put a mail into the mailbox of each recipient, on the disk when this returns."""
        for recipient in mail.recipients:
            await asyncio.to_thread(self.of(recipient).deliver, mail.content)
        log.info("mail put into mailbox", recipients=mail.recipients, size=len(mail.content))
        return "Delivered"


def run(mailboxes: Mailboxes, host: str, port: int, stop: threading.Event, ready: Callable[[int], None]) -> None:
    """Take mail until `stop` is set; `ready` is told the port once it is open. OSError when the port is taken."""
    asyncio.run(_serve(mailboxes, host, port, stop, ready))


async def _serve(
    mailboxes: Mailboxes, host: str, port: int, stop: threading.Event, ready: Callable[[int], None]
) -> None:
    listener = Listener(mailboxes.receive, mailboxes.known, "No such mailbox in this sandbox")
    try:
        opened = await listener.listen(host, port)
        log.info("mailbox server listens", host=host, port=opened)
        ready(opened)
        await asyncio.to_thread(stop.wait)
    finally:
        await listener.close()


def _home(directory: Path, address: str) -> Path:
    if "/" in address or address.startswith("."):
        raise ValueError(f"the address {address!r} cannot name a directory: leave out '/' and a dot in front")
    return directory / address
