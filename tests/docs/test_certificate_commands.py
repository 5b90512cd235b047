"""The commands of the page about certificates, run as they stand there, and its table of refusals, which leaves none out."""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import get_args

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from openics.pki import smime
from openics.pki.certificates import addresses, read_certificate
from openics.pki.errors import Code
from openics.pki.identity import load_key
from openics.pki.kinds import Kind, kind_of
from openics.pki.smime import Bounds
from openics.sandbox.authority import Authority
from openics.sandbox.profiles import MARKS
from trading_parties import GATEWAY_ADDRESS, INTERCHANGE, outgoing

PAGE = (Path(__file__).parents[2] / "docs" / "certificates.md").read_text()
BLOCKS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL).findall(PAGE)
LETTER = b"Content-Type: application/octet-stream; name=a.edi\r\n\r\n" + INTERCHANGE

pytestmark = pytest.mark.skipif(which("openssl") is None, reason="needs the openssl program")


def _run(directory: Path, block: str) -> str:
    scripts = Path(sys.executable).parent
    known = {"PATH": f"{scripts}:{os.environ['PATH']}", "HOME": str(directory), "OPENICS_HOME": str(directory)}
    done = subprocess.run(
        ["bash", "-e", "-c", block], cwd=directory, env=known | {"COLUMNS": "200"}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_commands_make_certificates_and_exchange_mail(tmp_path: Path) -> None:
    make, issue, bundle, send, receive = BLOCKS
    authority = Authority.create(tmp_path / "pki" / "authority")
    gateway = authority.issue("CCF E-mail Gateway", GATEWAY_ADDRESS)
    (tmp_path / "gateway.pem").write_bytes(gateway.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "root.pem").write_bytes(authority.root_file())
    (tmp_path / "letter.txt").write_bytes(LETTER)
    _run(tmp_path, make)
    listed = _run(tmp_path, issue)
    device, person = (read_certificate((tmp_path / f"{name}.pem").read_bytes()) for name in ("device", "person"))
    marks = {mark: kind for kind, mark in MARKS.items()}
    assert (kind_of(device, marks), kind_of(person, marks)) == (Kind.DEVICE, Kind.INDIVIDUAL)
    assert (addresses(device), addresses(person)) == (("edi@exports.example",), ("clerk@exports.example",))
    assert f"{device.serial_number:x}" in listed
    _run(tmp_path, bundle)
    key, found, _ = pkcs12.load_key_and_certificates((tmp_path / "person.p12").read_bytes(), b"change-me")
    assert found == person
    assert key is not None
    _run(tmp_path, send)
    mail = b"From: edi@exports.example\r\nSubject: x\r\n" + (tmp_path / "sealed.txt").read_bytes()
    opened = smime.unseal(mail, [gateway], Bounds())
    assert (opened.content, opened.signed.signer_certificate) == (INTERCHANGE, device)
    for cipher in ("aes256_cbc", "aes256_gcm"):
        (tmp_path / "answer.eml").write_bytes(smime.seal(outgoing(), gateway, [device], cipher))
        _run(tmp_path, receive)
        assert smime.attachment((tmp_path / "answer.txt").read_bytes(), Bounds()).content == INTERCHANGE
    assert load_key(tmp_path / "device.key").public_key() == device.public_key()


def test_every_reason_for_a_refusal_is_explained() -> None:
    table = PAGE.partition("## Why one is refused")[2].partition("\n## ")[0]
    explained = {
        code
        for line in table.splitlines()
        for code in re.findall(r"`([a-z-]+)`", line.partition("|")[2].partition("|")[0])
    }
    registering = {"address-differs", "address-taken", "certificate-taken", "revoked-key"}
    assert explained == set(get_args(Code)) | registering | {"not-opened"}
