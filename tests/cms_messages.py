"""CMS messages as other software makes them, and as nobody should."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from openics.pki import ber
from openics.pki.certificates import der
from openics.pki.identity import Identity, device_certificate, subject_name

STARTED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LONG = 5_000
END = b"\x00\x00"
_OAEP_DIGESTS = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256(), "md5": hashes.SHA1()}


def elliptic(curve: ec.EllipticCurve) -> Identity:
    """A device with a key on this curve, whose certificate nobody issued."""
    key = ec.generate_private_key(curve)
    name = subject_name("Elliptic device")
    builder = device_certificate(name, "edi@trader.example", key.public_key(), STARTED, STARTED + timedelta(days=9))
    return Identity(builder.issuer_name(name).sign(key, hashes.SHA256()), key)


def signed(
    content: bytes,
    *signers: Identity,
    digest: Any = None,
    rsa_padding: Any = None,
    options: tuple[pkcs7.PKCS7Options, ...] = (),
) -> bytes:
    """Signed-data with the given signers and options."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    for signer in signers:
        builder = builder.add_signer(
            signer.certificate, signer.private_key, digest or hashes.SHA256(), rsa_padding=rsa_padding
        )
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def parsed(message: bytes) -> Any:
    """A ContentInfo that a test may change; `.dump(force=True)` gives the changed bytes."""
    return cms.ContentInfo.load(message)


def enveloped(
    content: bytes,
    certificate: x509.Certificate,
    *,
    cipher: str = "aes256_cbc",
    oaep: str = "",
    named: x509.Certificate | None = None,
    key_size: int | None = None,
    bad_padding: bool = False,
) -> bytes:
    """Enveloped-data made by hand: cipher, key transport (OAEP with a digest, or else PKCS #1 v1.5), key size and
    padding as asked; `named` is the recipient that it names instead of the certificate's holder.
    """
    key = os.urandom(key_size or {"aes128_cbc": 16, "aes192_cbc": 24}.get(cipher, 32))
    vector = os.urandom(16)
    fill = 16 - len(content) % 16
    padded = content + bytes([fill if not bad_padding else 17]) * fill
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    encrypted = {
        "content_type": "data",
        "content_encryption_algorithm": {"algorithm": cipher, "parameters": vector},
        "encrypted_content": encryptor.update(padded) + encryptor.finalize(),
    }
    data = {
        "version": "v0",
        "recipient_infos": [_recipient(certificate, named or certificate, key, oaep)],
        "encrypted_content_info": encrypted,
    }
    message: bytes = cms.ContentInfo({"content_type": "enveloped_data", "content": cms.EnvelopedData(data)}).dump()
    return message


def _recipient(certificate: x509.Certificate, named: x509.Certificate, key: bytes, oaep: str) -> cms.RecipientInfo:
    """The content key for the certificate's holder, under the name of another."""
    public = certificate.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    issued = asn1_x509.Certificate.load(der(named))
    identified = cms.IssuerAndSerialNumber({"issuer": issued.issuer, "serial_number": issued.serial_number})
    transported = {
        "version": "v0",
        "rid": cms.RecipientIdentifier({"issuer_and_serial_number": identified}),
        "key_encryption_algorithm": _transport(oaep),
        "encrypted_key": public.encrypt(key, _padding(oaep)),
    }
    return cms.RecipientInfo({"ktri": cms.KeyTransRecipientInfo(transported)})


def _padding(oaep: str) -> padding.AsymmetricPadding:
    if not oaep:
        return padding.PKCS1v15()
    digest = _OAEP_DIGESTS[oaep]
    return padding.OAEP(padding.MGF1(digest), digest, None)


def _transport(oaep: str) -> Any:
    if not oaep:
        return cms.KeyEncryptionAlgorithm({"algorithm": "rsaes_pkcs1v15"})
    mask = {"algorithm": "mgf1", "parameters": {"algorithm": oaep}}
    parameters = algos.RSAESOAEPParams({"hash_algorithm": {"algorithm": oaep}, "mask_gen_algorithm": mask})
    return cms.KeyEncryptionAlgorithm({"algorithm": "rsaes_oaep", "parameters": parameters})


def streamed(message: bytes) -> bytes:
    """The message as a streaming sender writes it: long values without length, long strings in pieces of 1,000 bytes."""
    return _streamed(ber.read(message))


def _streamed(value: ber.Value) -> bytes:
    if len(value.contents) < LONG:
        return value.whole
    if value.tag & 0x20:
        return bytes((value.tag, 0x80)) + b"".join(_streamed(part) for part in value.parts()) + END
    contents = value.contents
    pieces = b"".join(ber.encode(ber.OCTETS, contents[at : at + 1000]) for at in range(0, len(contents), 1000))
    return bytes((value.tag | 0x20, 0x80)) + pieces + END
