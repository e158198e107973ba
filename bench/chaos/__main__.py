"""Kill the running product at random moments under load and count what was lost.

    make chaos                                          both databases, 200 kills each
    python -m bench.chaos --kills 20 --seed 7           SQLite, or the database of DATABASE_URL

Starts what the Procfile names (gunicorn with the production settings, worker, delivery, scheduler) and a
mail server of its own, files tickets, replies and steps through HTTP, and kills. Ends with 1 if anything that
a client was told of is missing, doubled or inconsistent. Talks to 127.0.0.1 only.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.chaos import evidence, faults, programs
from bench.chaos.counting import Findings, is_loss
from bench.chaos.people import Notebook, Officer, Person, Requester
from bench.chaos.post import Post

PASSWORD = "Rahasia-kacau-2026"  # noqa: S105 - of invented officers in a throw-away database
PRODUCTION, SETTABLE = "site_project.settings.production", "bench.chaos.settings"
OFFICES = ("teknisi", "kadis", "kabid", "prakom")
#: A kill comes when so many answers have come since the last one, so that all fall under load; or after that.
ANSWERS_BETWEEN, SECONDS_BETWEEN = 3, 8.0


def main() -> None:
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    directory = asked.directory or Path(tempfile.mkdtemp(prefix="helpdesk-chaos-"))
    directory.mkdir(parents=True, exist_ok=True)
    begun, chance, post = time.monotonic(), random.Random(asked.seed), Post()
    logs = asked.logs or directory
    clock = logs / "clock"
    faults.set_clock(clock, 0)
    environment = environment_of(directory, asked.port, post.port, clock)
    os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": PRODUCTION})
    world = faults.World(
        chance,
        {},
        post,
        Path(os.environ["POSTGRES_DATA"]) if "POSTGRES_DATA" in os.environ else None,
        None if "DATABASE_URL" in os.environ else directory / "db.sqlite3",
        asked.disk,
        clock,
    )
    over = threading.Event()
    if world.postgres is not None:
        faults.keep_database(world.postgres, over)
    try:
        prepare(environment, world, logs)
        print(f"Prepared after {time.monotonic() - begun:.0f} s; seed {asked.seed}.", flush=True)
        backup = Backup(environment, logs)
        notebook = under_fire(asked, environment, world, backup)
    finally:
        for program in world.programs.values():
            program.let_go()
    seconds = time.monotonic() - begun
    evidence.deliver_everything()
    # Before the counting, so that a file would be missed that was swept although a row knows it.
    litter, swept = evidence.litter(), evidence.sweep()
    findings = evidence.count_everything(notebook, post, world.moments + post.broken_off)
    findings["files of nobody that were not swept"] = ["some"] * (litter - swept)
    findings["backups that cannot be restored"] = backup.rehearse()
    over.set()
    post.close()
    tell(notebook, world, findings, seconds, logs)
    print(f"Files of nobody in the store: {litter}, of which the scheduler's sweep takes {swept}")
    sys.exit(is_loss(findings))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=45, help="stop killing after this time")
    parser.add_argument("--port", type=int, default=8250)
    parser.add_argument("--requesters", type=int, default=5)
    parser.add_argument("--directory", type=Path, help="where the site keeps its data; a new one if left out")
    parser.add_argument("--disk", type=Path, help="a small file system of its own around it, to be filled")
    parser.add_argument("--logs", type=Path, help="where logs go; beside the data if left out")
    return parser.parse_args()


def environment_of(directory: Path, port: int, mail_port: int, clock: Path) -> dict[str, str]:
    """What the product is started with."""
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "HELPDESK_VAR": str(directory),
        "DJANGO_SETTINGS_MODULE": SETTABLE,
        "CHAOS_CLOCK": str(clock),
        "SECRET_KEY": "only-for-chaos-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HELPDESK_BASE_URL": f"http://127.0.0.1:{port}",
        "HELPDESK_TRUSTED_PROXIES": "1",
        "HELPDESK_DEMO_PASSWORD": PASSWORD,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "BIND": f"127.0.0.1:{port}",
    }


def prepare(environment: dict[str, str], world: faults.World, logs: Path) -> None:
    """Lay the database, killing the migration again and again, then seed it and start everything."""
    log = logs / "prepare.log"
    for _time in range(4):
        if programs.run(environment, "migrate", kill_after=world.chance.uniform(2, 9), log=log):
            break
        world.killed("migration")
    for command in ("migrate", "createcachetable"):
        must(programs.run(environment, command, log=log), command)
    must(programs.run(environment, "migrate", "--check", log=log), "migrate --check")
    if not programs.run(environment, "setup_helpdesk", kill_after=world.chance.uniform(1.5, 4), log=log):
        world.killed("setup")
    for command in (["setup_helpdesk"], ["setup_site"], ["collectstatic", "--noinput"]):
        must(programs.run(environment, *command, log=log), command[0])
    import django

    django.setup()
    from helpdesk_plugin.demo.accounts import ensure_accounts

    ensure_accounts(PASSWORD)
    world.post.open()
    for name, command in programs.production_commands().items():
        world.programs[name] = programs.Program(
            name, command.replace(PRODUCTION, SETTABLE), environment, logs / f"{name}.log"
        )
        world.programs[name].start()
    programs.wait_until_answered(environment["HELPDESK_BASE_URL"])


def must(done: bool, what: str) -> None:
    if not done:
        sys.exit(f"{what} failed; its log says why.")


class Backup:
    """A backup made under fire, in a process of its own, and rehearsed at the end."""

    def __init__(self, environment: dict[str, str], logs: Path) -> None:
        self.environment, self.log, self.place = environment, logs / "backup.log", logs / "backup"
        self._maker: threading.Thread | None = None

    def due(self, late_enough: bool) -> bool:
        return late_enough and self._maker is None

    def make(self) -> None:
        self._maker = threading.Thread(target=self._try, daemon=True)
        self._maker.start()

    def rehearse(self) -> list[str]:
        """What is wrong with it; empty is good."""
        if self._maker is None:
            return []
        self._maker.join(timeout=120)
        if not self.place.exists():
            return ["none was made"]
        sound = programs.run(
            self.environment, "helpdesk_restore", "--rehearse", str(self.place), log=self.log
        )
        return [] if sound else [str(self.place)]

    def _try(self) -> None:
        """Again and again, as cron would: the database may be killed under it."""
        for _time in range(8):
            if programs.run(self.environment, "helpdesk_backup", str(self.place), log=self.log):
                return


def under_fire(
    asked: argparse.Namespace, environment: dict[str, str], world: faults.World, backup: Backup
) -> Notebook:
    """Let people work and kill until there were enough kills; then let all finish what they began."""
    notebook = Notebook()
    people = crowd(asked, environment["HELPDESK_BASE_URL"], notebook)
    for person in people:
        person.start()
    until = time.monotonic() + asked.minutes * 60
    while world.kills.total() < asked.kills and time.monotonic() < until:
        wait_for_answers(notebook, world.chance)
        faults.one_of(world.chance, faults.KILLS)(world)
        if world.chance.random() < 0.2:
            faults.one_of(world.chance, faults.OTHERS)(world)
        if backup.due(world.kills.total() > asked.kills / 4):
            backup.make()
        if world.kills.total() % 20 == 0:
            print(f"{world.kills.total()} kills, {notebook.told} answers …", flush=True)
    world.wait_until_mended()
    programs.wait_until_answered(environment["HELPDESK_BASE_URL"])
    notebook.over.set()
    notebook.give_up_at = time.monotonic() + 90
    for person in people:
        person.join(timeout=120)
    return notebook


def crowd(asked: argparse.Namespace, base: str, notebook: Notebook) -> list[Person]:
    from django.db import connection

    from helpdesk_plugin.models import Opd

    opd = Opd.objects.offered().order_by("pk")[0].pk
    connection.close()
    seeds = iter(range(asked.seed * 1000, asked.seed * 1000 + 1000))
    requesters = [Requester(base, notebook, next(seeds), opd) for _n in range(asked.requesters)]
    return [*requesters, *(Officer(base, notebook, next(seeds), (name, PASSWORD)) for name in OFFICES)]


def wait_for_answers(notebook: Notebook, chance: random.Random) -> None:
    wanted, latest = notebook.told + ANSWERS_BETWEEN, time.monotonic() + SECONDS_BETWEEN
    while notebook.told < wanted and time.monotonic() < latest:
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 0.6))


def tell(notebook: Notebook, world: faults.World, findings: Findings, seconds: float, logs: Path) -> None:
    acknowledged = [wish for wish in notebook.wishes if wish.told]
    print(f"\nKills: {world.kills.total()} in {seconds / 60:.1f} minutes")
    for what, often in [*sorted(world.kills.items()), *sorted(world.others.items())]:
        print(f"  {often:4} {what}")
    print("Acknowledged:")
    for kind, plural in (("ticket", "tickets"), ("reply", "replies"), ("step", "steps of officers")):
        print(f"  {sum(wish.kind == kind for wish in acknowledged):4} {plural}")
    print(f"  {sum(len(wish.files) for wish in acknowledged):4} files")
    print(f"  {len({identity for identity, _at in world.post.arrivals}):4} messages came to the mail server")
    unheard = sum(not wish.told and not wish.refused for wish in notebook.wishes)
    print(f"Answers that were no answer (tried again): {notebook.failures}; refused: {notebook.refusals}")
    print(f"Unanswered to the end: {unheard}")
    print("Found:")
    for name, details in findings.items():
        print(f"  {len(details):4} {name}{': ' + ', '.join(details[:5]) if details else ''}")
    for name in world.programs:
        print(f"Tracebacks in the log of {name}: {programs.troubles_in(logs / f'{name}.log')}")


if __name__ == "__main__":
    main()
