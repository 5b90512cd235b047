"""`openics client prove`: a challenge of customs is signed with the key of our newest certificate, and nothing else is."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner, Result

from openics.ops.cli import main
from openics.pki.possession import proved
from openics.sandbox.authority import Authority
from openics.trader.home import Config, TraderHome
from openics.trader.keys import identities, install, make_key

CHALLENGE = "openics-challenge:AAA676Y.7.0123456789abcdef:1uVx9Q:Zm9v-_YmFy"


def prove(home: TraderHome, challenge: str = CHALLENGE) -> Result:
    return CliRunner().invoke(main.app, ["client", "prove", challenge, "--home", str(home.directory)])


def test_proving_that_the_key_is_held(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    home = TraderHome.create(
        tmp_path / "home", Config("AAA676Y", "edi@trader.example", "ccf@customs.example", "Trader")
    )
    before = prove(home)
    assert (before.exit_code, "There is no certificate in" in before.output) == (1, True)
    issued = Authority.create(tmp_path / "authority").issue_for_request(make_key(home).read_bytes(), now)
    (tmp_path / "new.pem").write_bytes(issued.public_bytes(Encoding.PEM))
    install(home, tmp_path / "new.pem", now)
    done = prove(home)
    assert done.exit_code == 0
    assert proved(done.output.encode(), CHALLENGE)[0] == identities(home)[0].certificate
    refused = prove(home, "Pay 5 million")
    assert (refused.exit_code, "is not signed" in refused.output, "BEGIN CMS" in refused.output) == (1, True, False)
