"""Handing a mail to the mail server."""

import smtplib
import ssl

from openics.trader.errors import TraderError
from openics.trader.home import Config

TIMEOUT = 60.0


def post(config: Config, mail: bytes) -> None:
    """Return once the mail server has taken the mail for the gateway; TraderError says why it did not."""
    server = f"the mail server {config.smtp_host}:{config.smtp_port}"
    try:
        with smtplib.SMTP(config.smtp_host, config.smtp_port, config.address.partition("@")[2], TIMEOUT) as session:
            if config.smtp_tls:
                session.starttls(context=ssl.create_default_context())
            session.sendmail(config.address, [config.gateway_address], mail)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = error.recipients[config.gateway_address]
        raise TraderError(
            f"{server} does not take mail for {config.gateway_address}: {code} {said.decode(errors='replace')}.",
            "Correct gateway_address, or smtp_host and smtp_port, in config.toml.",
        ) from error
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
        raise TraderError(
            f"{server} does not take the mail: {error.smtp_code} {said.decode(errors='replace')}.",
            "Send it again later." if error.smtp_code < 500 else "Mend what the server names, then send it again.",
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TraderError(
            f"{server} cannot be used: {error}.", "Check that it runs, and smtp_host and smtp_port in config.toml."
        ) from error
