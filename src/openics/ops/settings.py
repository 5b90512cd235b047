"""Settings: one typed object read from `OPENICS_*` variables; `openics settings` lists them."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting of the system, with its default and meaning."""

    model_config = SettingsConfigDict(env_prefix="OPENICS_", extra="ignore")

    home: Path = Field(Path(".openics"), description="Directory of all state: keys, logs, embedded database.")
    database_url: str = Field("", description="PostgreSQL cluster to use; empty: the embedded server in the home.")
    environment: str = Field(
        "test", pattern="^(production|test)$", description="production, or test for industry test."
    )
    customs_site: str = Field("AAA336C", description="Site id of customs, the recipient of every interchange.")
    gateway_address: str = Field("ccf@customs.example", description="E-mail address of the gateway.")
    web_host: str = Field("127.0.0.1", description="Address the web server listens on.")
    web_port: int = Field(
        8080, ge=0, le=65535, description="Port of the web server; the next free one is taken when it is in use."
    )
    web_url: str = Field(
        "", description="Public address of the web, for links and passkeys; empty: http://localhost:PORT."
    )
    proxy_secret: str = Field(
        "",
        pattern="^(.{32,})?$",
        description="Secret of 32 characters or more that the front proxy sends; empty: no proxy is believed.",
    )
    proxy_addresses: str = Field(
        "", description="Addresses the front proxy connects from, separated by commas; empty: the secret is enough."
    )
    sign_in_policies: str = Field(
        "",
        description="Certificate policies (OIDs, separated by commas) of certificates that need no second factor.",
    )
    api_requests_per_minute: int = Field(600, ge=1, description="Requests that one program may make in a minute.")
    smtp_host: str = Field("127.0.0.1", description="Address the mail gateway listens on.")
    smtp_port: int = Field(
        8025, ge=0, le=65535, description="SMTP port of the mail gateway; the next free one is taken when in use."
    )
    lmtp_port: int = Field(
        8024, ge=0, le=65535, description="LMTP port, for a mail server in front of the gateway; 0: none."
    )
    smtp_connections: int = Field(
        200, description="Connections the gateway serves at once; more are told to come back."
    )
    smtp_certificate: Path | None = Field(
        None, description="Certificate (PEM, with its chain) that makes STARTTLS available at the gateway; empty: none."
    )
    smtp_key: Path | None = Field(None, description="Its private key (PEM).")
    relay_host: str = Field("127.0.0.1", description="Mail server that takes outgoing mail.")
    relay_port: int = Field(0, ge=0, le=65535, description="Its port; 0: the sandbox's own mailbox server.")
    relay_tls: bool = Field(False, description="Whether to use STARTTLS towards the relay.")
    max_interchange_bytes: int = Field(10_000_000, description="Largest interchange accepted (rule E5).")
    max_mail_bytes: int = Field(
        30_000_000, description="Largest mail accepted: an interchange after two base64 codings."
    )
    max_mime_depth: int = Field(20, description="Deepest nesting of MIME parts accepted.")
    resend_after: timedelta = Field(
        timedelta(minutes=30), description="Wait for a site's CONTRL before sending again, as HH:MM:SS."
    )
    resend_attempts: int = Field(5, description="Times an unconfirmed interchange is sent before it is parked.")
    identity_details_kept: timedelta = Field(
        timedelta(days=180), description="How long details of sighted identity documents are kept, as DAYS HH:MM:SS."
    )
    legacy_algorithms: bool = Field(
        False, description="Whether SHA-1 and triple DES are accepted, and used towards sites that read nothing better."
    )
    revocation_required: bool = Field(
        True, description="Whether a certificate counts only with a current revocation list or OCSP answer."
    )
    revocation_stale: timedelta = Field(
        timedelta(days=1), description="How long after its end a revocation list still counts, as D days, HH:MM:SS."
    )
    revocation_every: timedelta = Field(
        timedelta(hours=1), description="How often revocation lists and OCSP answers are fetched; 0: never."
    )
    revocation_hosts: str = Field(
        "", description="Hosts (HOST:PORT, commas between) with a private address that may be asked for revocations."
    )
    batch_size: int = Field(64, description="Received items a worker takes at once.")
    workers: int = Field(1, description="Worker processes that `openics run` starts.")
    webhooks_private: bool = Field(
        False,
        description="Whether webhooks may go to addresses that are not public and without TLS, for tests on one machine.",
    )
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="Least level logged: DEBUG, INFO, WARNING or ERROR."
    )
    trace_endpoint: str = Field("", description="OTLP address for OpenTelemetry traces; empty: none.")
    secret_key: str = Field("", description="Django's signing key; empty: made once and kept in the home.")
    debug: bool = Field(False, description="Django's debug pages; never in production.")

    @property
    def test(self) -> bool:
        """Whether this is the industry test environment."""
        return self.environment == "test"


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
