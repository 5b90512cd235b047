"""Kinds of certificates: how they are told apart, and what each may do."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from made_certificates import DEVICE, PERSON, issued, root_and_store, root_and_trust
from openics.pki.certificates import described
from openics.pki.errors import PkiError
from openics.pki.identity import Identity, key_usage
from openics.pki.kinds import Kind, kind_of, may_sign_in, may_sign_interchanges, read_marks
from openics.pki.trust import TrustStore
from openics.sandbox.authority import Authority
from openics.sandbox.profiles import MARKS
from trading_parties import NOW, STARTED

MARKED = {mark: kind for kind, mark in MARKS.items()}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("authority"), STARTED)


@pytest.fixture(scope="module")
def store(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> TrustStore:
    trust = tmp_path_factory.mktemp("trust")
    authority.install(trust)
    return TrustStore.load(trust)


@pytest.fixture(scope="module")
def identities(authority: Authority) -> dict[Kind, Identity]:
    return {kind: authority.issue("Holder", "holder@trader.example", "Trader", STARTED, kind) for kind in Kind}


@pytest.mark.parametrize("kind", Kind)
def test_the_marks_of_the_authority_tell_the_kind(identities: dict[Kind, Identity], kind: Kind) -> None:
    assert kind_of(identities[kind].certificate, MARKED) is kind
    assert kind_of(identities[kind].certificate, {}) is None
    assert kind_of(identities[kind].certificate, {"2.999.1": Kind.HOST}) is None


def test_an_extended_key_usage_may_be_the_mark(authority: Authority) -> None:
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ObjectIdentifier("2.999.7")])
    certificate = issued(authority.identity, "Device", (usage, False)).certificate
    assert kind_of(certificate, {"2.999.7": Kind.HOST}) is Kind.HOST


@pytest.mark.parametrize("kind", [Kind.DEVICE, Kind.HOST])
def test_a_device_signs_interchanges_and_does_not_sign_in(
    store: TrustStore, identities: dict[Kind, Identity], kind: Kind
) -> None:
    certificate = identities[kind].certificate
    assert store.validate(certificate, (), NOW) is kind
    refused = store.sign_in_problem(certificate, (), NOW)
    assert refused is not None
    assert (refused.code, refused.text) == (
        "not-for-people",
        f"Error code 14, not authorised: the certificate {described(certificate)} is one of a {kind.value} (Type 3).",
    )
    assert refused.fix == (
        "Sign in with a certificate of a person; a device's certificate only signs and opens interchanges."
    )


@pytest.mark.parametrize("kind", [Kind.INDIVIDUAL, Kind.ORGANISATION])
def test_a_person_signs_in_and_signs_no_interchanges(
    store: TrustStore, identities: dict[Kind, Identity], kind: Kind
) -> None:
    certificate = identities[kind].certificate
    assert store.sign_in_problem(certificate, (), NOW) is None
    with pytest.raises(PkiError) as raised:
        store.validate(certificate, (), NOW, signing=False)
    assert (raised.value.code, raised.value.text, raised.value.rule) == (
        "not-for-devices",
        f"The certificate {described(certificate)} is one of a person ({kind.value}), which signs no interchanges.",
        "E4",
    )


def test_a_person_whose_certificate_may_also_sign_mail_signs_no_interchanges(tmp_path: Path) -> None:
    root, store = root_and_store(tmp_path)
    both = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH])
    policy = x509.PolicyInformation(x509.ObjectIdentifier(MARKS[Kind.INDIVIDUAL]), None)
    certificate = issued(root, "Holder", (both, False), (x509.CertificatePolicies([policy]), False)).certificate
    assert store.sign_in_problem(certificate, (), NOW) is None
    with pytest.raises(PkiError) as raised:
        store.validate(certificate, (), NOW)
    assert raised.value.code == "not-for-devices"


def test_a_certificate_without_marks_may_do_what_its_usages_allow(tmp_path: Path) -> None:
    root, store = root_and_store(tmp_path)
    device, person = (issued(root, "Holder", *extensions).certificate for extensions in (DEVICE, PERSON))
    assert store.validate(device, (), NOW) is None
    assert store.sign_in_problem(person, (), NOW) is None
    refused = store.sign_in_problem(device, (), NOW)
    assert refused is not None
    assert (refused.code, refused.text) == (
        "wrong-usage",
        f"The certificate {described(device)} is not made for signing in.",
    )
    assert may_sign_interchanges(device, None) is None


def test_a_key_that_may_not_sign_does_not_sign_in(tmp_path: Path) -> None:
    root, _ = root_and_store(tmp_path)
    refused = may_sign_in(issued(root, "Holder", (key_usage("key_encipherment"), True)).certificate)
    assert refused is not None
    assert refused.code == "wrong-usage"
    assert "digital signatures" in refused.fix
    assert may_sign_in(issued(root, "Holder").certificate) is None


def test_who_is_not_trusted_does_not_sign_in(store: TrustStore, stranger: Identity) -> None:
    refused = store.sign_in_problem(stranger.certificate, (), stranger.certificate.not_valid_before_utc)
    assert refused is not None
    assert refused.code == "unknown-issuer"


def test_marks_of_one_anchor_do_not_count_for_another(tmp_path: Path) -> None:
    """Each authority chooses its own identifiers, and another one may use the same for something else."""
    first, trust = root_and_trust(tmp_path / "first")
    second = Authority.create(tmp_path / "second", STARTED, "Second Authority")
    (trust / "anchors" / "second.pem").write_bytes((tmp_path / "second" / "root.crt").read_bytes())
    (trust / "crls" / "second.crl").write_bytes(second.revocation_list())
    (trust / "kinds.toml").write_text('[test-authority]\nhost = ["2.999.36.3"]\n[second]\ndevice = ["2.999.36.3"]\n')
    store = TrustStore.load(trust)
    ours = Authority(tmp_path / "first" / "authority").issue("Device", "edi@trader.example", at=STARTED)
    theirs = second.issue("Device", "edi@trader.example", at=STARTED)
    assert store.validate(ours.certificate, (), NOW) is Kind.HOST
    assert store.validate(theirs.certificate, (), NOW) is Kind.DEVICE
    assert store.validate(theirs.certificate, (), NOW) is Kind.DEVICE, "as remembered"
    assert first.certificate.subject != second.certificate.subject


@pytest.mark.parametrize(
    "text", ["[a", '[a]\nrobot = ["1.2.3"]\n', '[a]\ndevice = ["no.oid"]\n', "a = 3\n", "[a]\ndevice = 3\n"]
)
def test_bad_marks_are_refused_with_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "kinds.toml").write_text(text)
    with pytest.raises(PkiError) as raised:
        read_marks(tmp_path)
    assert raised.value.code == "bad-certificate"
    assert raised.value.text.startswith(f"The marks of certificates in {tmp_path / 'kinds.toml'} cannot be read (")


def test_without_a_file_there_are_no_marks(tmp_path: Path) -> None:
    assert read_marks(tmp_path) == {}
