"""A TLS server in front of the web server, as a front end is in production, with an authority of its own."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from openics.pki.identity import new_key, subject_name


@dataclass(frozen=True)
class Front:
    """Its address, and the file of the authority that vouches for it."""

    url: str
    authority: Path


@contextmanager
def in_front_of(url: str, directory: Path) -> Iterator[Front]:
    """Serve TLS on a free port until the block ends; each connection is passed on."""
    certificate, key = _certificate(directory)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    listening = socket.create_server(("127.0.0.1", 0))
    parts = urlsplit(url)
    behind = (str(parts.hostname), int(parts.port or 0))
    threading.Thread(target=_accept, args=(listening, context, behind), daemon=True).start()
    try:
        yield Front(f"https://localhost:{listening.getsockname()[1]}", certificate)
    finally:
        listening.close()


def _accept(listening: socket.socket, context: ssl.SSLContext, behind: tuple[str, int]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_pass_on, args=(connection, context, behind), daemon=True).start()


def _pass_on(connection: socket.socket, context: ssl.SSLContext, behind: tuple[str, int]) -> None:
    with (
        suppress(OSError),
        connection,
        socket.create_connection(behind) as inner,
        context.wrap_socket(connection, server_side=True) as outer,
    ):
        back = threading.Thread(target=_copy, args=(inner, outer), daemon=True)
        back.start()
        _copy(outer, inner)
        inner.shutdown(socket.SHUT_WR)
        back.join(5)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65_536):
            target.sendall(chunk)


def _certificate(directory: Path) -> tuple[Path, Path]:
    key, name, start = new_key(), subject_name("localhost"), datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=10))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    )
    directory.mkdir(exist_ok=True)
    pem, private = directory / "server.pem", directory / "server.key"
    pem.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return pem, private
