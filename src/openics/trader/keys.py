"""Our keys and certificates: private keys are made here, mode 600, and never leave."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from openics.pki.certificates import addresses, described
from openics.pki.errors import PkiError
from openics.pki.identity import Identity, load_certificates, load_key, request, save_key
from openics.trader.durable import write_durably
from openics.trader.errors import TraderError
from openics.trader.home import TraderHome


def make_key(home: TraderHome, *, renew: bool = False, elliptic: bool = False) -> Path:
    """Make a key, RSA or `elliptic` on P-256, and a request for its certificate, which goes to the authority.

    Returns the request's path.

    The first pair is called `site`, later ones (`renew`) `site-2`, `site-3`: the old ones still open mail.
    """
    with home.lock():
        taken = _names(home)
        if taken and not renew:
            raise TraderError(
                f"There is a key already: {home.identity / taken[-1]}.key.",
                "Use it, or make a further one with --renew; mail encrypted to the old certificate stays readable.",
            )
        name = f"site-{len(taken) + 1}" if taken else "site"
        key, signing_request = request(
            home.config.site, home.config.address, home.config.organisation, elliptic=elliptic
        )
        save_key(home.identity / f"{name}.key", key)
        path = home.identity / f"{name}.csr"
        write_durably(path, signing_request)
    return path


def install(home: TraderHome, path: Path, now: datetime) -> Identity:
    """Put the certificate that an authority issued (and its chain) beside the key it was issued for."""
    try:
        certificate, *chain = load_certificates(path)
    except PkiError as error:
        raise TraderError(error.text, error.fix) from error
    if home.config.address.lower() not in addresses(certificate):
        raise TraderError(
            f"The certificate {described(certificate)} is for {', '.join(addresses(certificate)) or 'no address'}.",
            f"Ask for one for {home.config.address}: customs compares it with the address registered for the site.",
        )
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        span = (
            f"{certificate.not_valid_before_utc:%Y-%m-%d %H:%M} to {certificate.not_valid_after_utc:%Y-%m-%d %H:%M} UTC"
        )
        raise TraderError(f"The certificate {described(certificate)} is valid from {span}.", "Ask for one valid now.")
    for name in _names(home):
        key = load_key(home.identity / f"{name}.key")
        if key.public_key() == certificate.public_key():
            identity = Identity(certificate, key, tuple(chain))
            pem = b"".join(one.public_bytes(Encoding.PEM) for one in (certificate, *chain))
            write_durably(home.identity / f"{name}.crt", pem)
            return identity
    raise TraderError(
        f"The certificate {described(certificate)} was not issued for a key in {home.identity}.",
        "Install it in the home whose request (.csr) was sent to the authority.",
    )


def identities(home: TraderHome) -> list[Identity]:
    """Everything that can open mail for us, the latest certificate first."""
    names = [name for name in _names(home) if (home.identity / f"{name}.crt").exists()]
    loaded = [Identity.load(home.identity, name) for name in names]
    return sorted(loaded, key=lambda each: each.certificate.not_valid_before_utc, reverse=True)


def signing_identity(home: TraderHome, now: datetime) -> Identity:
    """The latest of our certificates that is valid now."""
    for identity in identities(home):
        if identity.certificate.not_valid_before_utc <= now < identity.certificate.not_valid_after_utc:
            return identity
    raise TraderError(
        f"There is no certificate valid on {now:%Y-%m-%d} in {home.identity}.",
        "Send the request of `openics client key` to the certificate authority; `openics client install` its answer.",
    )


def _names(home: TraderHome) -> list[str]:
    found = [path.stem for path in home.identity.glob("site*.key")]
    return sorted(found, key=lambda name: (len(name), name))
