"""The configuration of nginx as front proxy, made from the settings: TLS, optional client certificates, clean headers."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openics.channels import proxy
from openics.ops.settings import Settings
from openics.pki.directory import write_whole
from openics.pki.identity import load_certificates

MAIN, AUTHORITIES, SECRET = "openics.conf", "authorities.pem", "openics-secret.conf"
CIPHERS = tuple(
    f"ECDHE-{key}-{cipher}"
    for cipher in ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305")
    for key in ("ECDSA", "RSA")
)
"""Of TLS 1.2; those of TLS 1.3 need no list."""
HSTS = 63_072_000
"""Seconds for which browsers insist on HTTPS: two years."""


class ProxyError(Exception):
    """Why no configuration can be made, and what helps."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the settings do not say: where nginx finds its certificate and key, and where it listens."""

    certificate: Path
    key: Path
    https_port: int = 443
    http_port: int = 80
    address: str = "*"


def write(chosen: Settings, front: Front, directory: Path) -> list[Path]:
    """Write the configuration, the authorities and, readable by its owner alone, the secret; returns the files."""
    files = {MAIN: configuration(chosen, front, directory), SECRET: secret(chosen)}
    for name, text in files.items():
        write_whole(directory / name, text.encode(), mode=0o600 if name == SECRET else 0o644)
    write_whole(directory / AUTHORITIES, authorities(chosen.home / "pki" / "trust"))
    return [directory / name for name in (MAIN, SECRET, AUTHORITIES)]


def secret(chosen: Settings) -> str:
    """The file that sets the secret; raises ProxyError when there is none, or it cannot stand in the file."""
    if not chosen.proxy_secret:
        raise ProxyError(
            "OPENICS_PROXY_SECRET is not set. Set it to 32 random characters or more, for nginx and the web."
        )
    if not chosen.proxy_secret.isalnum() or not chosen.proxy_secret.isascii():
        raise ProxyError(
            "OPENICS_PROXY_SECRET has characters other than letters and digits. `openssl rand -hex 32` makes one."
        )
    return f'map "" $openics_proxy_secret {{ default "{chosen.proxy_secret}"; }}\n'


def authorities(trust: Path) -> bytes:
    """Roots and intermediates of the trust store in one file: the issuers that browsers offer certificates of."""
    found: list[x509.Certificate] = [
        certificate
        for name in ("anchors", "intermediates")
        for path in sorted((trust / name).glob("*.pem"))
        for certificate in load_certificates(path)
    ]
    if not found:
        raise ProxyError(
            f"There is no root certificate in {trust / 'anchors'}. Put those of the accepted authorities there."
        )
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in found)


def configuration(chosen: Settings, front: Front, directory: Path) -> str:
    """The main file, to include in nginx's `http` block; raises ProxyError without a public HTTPS address."""
    address = urlsplit(chosen.web_url)
    if address.scheme != "https" or not address.hostname:
        raise ProxyError(
            "OPENICS_WEB_URL is no https:// address. Set it to the public address, as in https://ics.example."
        )
    return _CONFIGURATION.format(
        name=address.hostname,
        url=chosen.web_url.rstrip("/"),
        backend=f"{_host(chosen.web_host)}:{chosen.web_port}",
        body=chosen.max_mail_bytes,
        hsts=HSTS,
        ciphers=":".join(CIPHERS),
        certificate=front.certificate,
        key=front.key,
        listen=front.address,
        https_port=front.https_port,
        http_port=front.http_port,
        authorities=directory / AUTHORITIES,
        secret=directory / SECRET,
        address=proxy.ADDRESS,
        scheme=proxy.SCHEME,
        verify=proxy.VERIFY,
        presented=proxy.CERTIFICATE,
        secret_header=proxy.SECRET,
    )


def _host(listens_on: str) -> str:
    own = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(listens_on, listens_on)  # noqa: S104 - read, not listened on
    return f"[{own}]" if ":" in own and not own.startswith("[") else own


_CONFIGURATION = """\
# Front proxy of OpenICS: made by `openics proxy nginx`. Include it in the http block, and reload nginx.
include {secret};

upstream openics {{
    server {backend};
    keepalive 16;
}}

server {{
    listen {listen}:{http_port};
    server_name {name};
    return 301 {url}$request_uri;
}}

# Requests for any other name are closed without an answer.
server {{
    listen {listen}:{https_port} ssl default_server;
    ssl_reject_handshake on;
}}

server {{
    listen {listen}:{https_port} ssl http2;
    server_name {name};
    server_tokens off;

    ssl_certificate {certificate};
    ssl_certificate_key {key};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers off;
    ssl_ciphers {ciphers};
    ssl_session_cache shared:openics:10m;
    ssl_session_timeout 1h;
    ssl_session_tickets off;

    # A browser may present a certificate of these authorities. One that does not hold is told to the application, which
    # says on its page what is wrong with it; revocation is checked there too.
    ssl_client_certificate {authorities};
    ssl_verify_client optional_no_ca;
    ssl_verify_depth 4;
    error_page 495 496 = @openics;

    add_header Strict-Transport-Security "max-age={hsts}; includeSubDomains" always;

    # As much as the application takes; it says so itself when something is larger.
    client_max_body_size {body};
    client_body_timeout 60s;
    client_header_timeout 20s;
    large_client_header_buffers 4 16k;
    underscores_in_headers off;
    ignore_invalid_headers on;
    proxy_buffers 16 16k;

    # Every header that the application believes is set here, over whatever the browser sent under its name.
    proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header Connection "";
    proxy_set_header Upgrade "";
    proxy_set_header Forwarded "";
    proxy_set_header X-Forwarded-For "";
    proxy_set_header X-Forwarded-Host "";
    proxy_set_header X-Forwarded-Proto "";
    proxy_set_header {address} $remote_addr;
    proxy_set_header {scheme} https;
    proxy_set_header {verify} $ssl_client_verify;
    proxy_set_header {presented} $ssl_client_escaped_cert;
    proxy_set_header {secret_header} $openics_proxy_secret;
    proxy_read_timeout 120s;

    # For the machine itself, not for the world.
    location ~ ^/(metrics|health)(/|$) {{
        allow 127.0.0.1;
        allow ::1;
        deny all;
        proxy_pass http://openics;
    }}

    location / {{
        proxy_pass http://openics;
    }}

    location @openics {{
        proxy_pass http://openics;
    }}
}}
"""
