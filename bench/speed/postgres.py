"""A PostgreSQL of this benchmark's own, kept under var/bench, as durable as a real one."""

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

from bench.speed.places import KEPT

OWN = KEPT / "postgres-cluster"
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True)
#: What docs/operations tells an operator of a small server to set, and what makes populating
#: quick; everything else as PostgreSQL comes.
SETTINGS = (
    *("shared_buffers=1GB", "effective_cache_size=3GB", "random_page_cost=1.1"),
    *("max_parallel_workers_per_gather=0", "maintenance_work_mem=1GB", "max_wal_size=8GB"),
    *("checkpoint_timeout=15min", "max_connections=60"),
)


class Postgres:
    """A running server: gives the address of a database, and copies one from another."""

    def __init__(self, programs: Path, port: int) -> None:
        self.programs, self.port = programs, port

    def url(self, name: str) -> str:
        return f"postgres://helpdesk@127.0.0.1:{self.port}/{name}"

    @property
    def version(self) -> str:
        told = subprocess.run(
            [str(self.programs / "postgres"), "-V"], check=True, capture_output=True, text=True
        )
        return told.stdout.split()[2]

    def create(self, name: str, template: str | None = None) -> None:
        self._ask(f'DROP DATABASE IF EXISTS "{name}"')
        self._ask(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))

    def _ask(self, statement: str) -> None:
        own = [str(self.programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-c", statement]
        subprocess.run([*own, self.url("postgres")], check=True, stdout=subprocess.DEVNULL)


def _as_owner() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


@contextmanager
def running():
    """The server while it is needed; its data stay."""
    if not PROGRAMS:
        raise SystemExit("The PostgreSQL server is not installed (Debian: sudo apt-get install postgresql).")
    programs, data, log = PROGRAMS[0].parent, OWN / "data", OWN / "log"
    if not data.exists():
        OWN.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(OWN, "postgres")
        made = [str(programs / "initdb"), "-D", str(data), "-U", "helpdesk", "-E", "UTF8", "-A", "trust"]
        subprocess.run(
            [*_as_owner(), *made, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/"
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -h 127.0.0.1 -c unix_socket_directories= " + " ".join(f"-c {s}" for s in SETTINGS)
    control = [*_as_owner(), str(programs / "pg_ctl"), "-D", str(data)]
    subprocess.run(
        [*control, "-l", str(log), "-w", "-t", "120", "-o", options, "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        yield Postgres(programs, port)
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], check=True, stdout=subprocess.DEVNULL, cwd="/")
