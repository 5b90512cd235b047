"""One delivery, to a real server on loopback."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from channels.webhooks.receiver import listening
from openics.channels.webhooks import sending
from openics.channels.webhooks.sending import send


def test_a_delivery_is_taken() -> None:
    with listening() as receiver:
        answer = send(receiver.url("/a?b=c"), b"{}", {"webhook-id": "event-1"}, private=True)
        ((path, headers, body),) = receiver.came
    assert (answer.status, answer.text, answer.taken) == (200, "noted", True)
    assert (path, body) == ("/a?b=c", b"{}")
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == "event-1"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_a_refusal_is_told(status: int) -> None:
    with listening() as receiver:
        receiver.answers = [status]
        answer = send(receiver.url(), b"{}", {}, private=True)
    assert (answer.status, answer.taken) == (status, False)


def test_a_redirect_is_not_followed() -> None:
    with listening() as receiver, listening() as elsewhere:
        receiver.answers, receiver.location = [302], elsewhere.url()
        answer = send(receiver.url(), b"{}", {}, private=True)
        assert (answer.status, answer.taken, elsewhere.came) == (302, False, [])


def test_a_long_answer_is_not_read_to_its_end() -> None:
    with listening() as receiver:
        receiver.said = b"x" * 100_000
        answer = send(receiver.url(), b"{}", {}, private=True)
    assert (answer.status, answer.text) == (200, "x" * 500)


def test_nobody_listens() -> None:
    with listening() as receiver:
        url = receiver.url()
    answer = send(url, b"{}", {}, private=True)
    assert (answer.status, answer.taken) == (0, False)
    assert "refused" in answer.text


def test_a_receiver_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(sending, "READ_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = send(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {}, private=True)
    assert (answer.status, "timed out" in answer.text) == (0, True)


def test_an_address_inside_is_refused_at_every_delivery() -> None:
    with listening() as receiver:
        answer = send(receiver.url(scheme="https"), b"{}", {}, private=False)
        assert receiver.came == []
    assert answer.status == 0
    assert answer.text.startswith("127.0.0.1 is 127.0.0.1, an address that is not public.")


def certified(directory: Path, name: x509.GeneralName) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate of its own for a name."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = directory / "receiver.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, path


def test_the_receivers_certificate_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, path = certified(tmp_path, x509.IPAddress(ip_address("127.0.0.1")))
    with listening(context) as receiver:
        url = receiver.url(scheme="https")
        unknown = send(url, b"{}", {}, private=True)
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        known = send(url, b"{}", {}, private=True)
    assert (unknown.status, known.status, len(receiver.came)) == (0, 200, 1)
    assert "certificate" in unknown.text.lower()


def test_a_certificate_for_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, path = certified(tmp_path, x509.DNSName("other.example"))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with listening(context) as receiver:
        answer = send(receiver.url(scheme="https"), b"{}", {}, private=True)
        assert receiver.came == []
    assert answer.status == 0
