"""A thousand readers at once: the status page on the day on which a fibre is cut.

Starts the production server (gunicorn, two workers, as the Procfile does) on this machine with a throw-away
database and an outage to tell, asks it a bounded number of times over loopback, and prints how long answers
took. Nothing leaves the machine.

    python bench/bench_status.py [--readers 1000] [--at-once 100]

Four rounds: everybody for the first time; everybody again, with what they have (If-None-Match); the feed; and
the page while an editor publishes every half second, so that it must be drawn anew.
"""

import argparse
import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATUS, FEED = "/help-desk/status/", "/help-desk/status/atom.xml"
PREPARE = """
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
for command in ("migrate", "createcachetable", "setup_helpdesk", "setup_site"):
    call_command(command, verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from helpdesk_plugin.models import AffectedService, NoticeUpdate, Service, StatusNotice
services, now = list(Service.objects.filter(is_security=False)), timezone.now()
for n in range(60):
    begun = now - timedelta(days=n * 1.5, hours=2)
    notice = StatusNotice(title=f"Gangguan {n}", summary="<p>Serat putus.</p>", starts_at=begun, live=False)
    notice.affected_services.add(AffectedService(service=services[n % len(services)], state="major"))
    notice.save()
    notice.save_revision().publish()
    over = {} if n < 3 else {"phase": "resolved", "ended_at": begun + timedelta(hours=5)}
    StatusNotice.objects.filter(pk=notice.pk).update(first_published_at=begun, **over)
    for hour in range(3):
        at = begun + timedelta(hours=hour)
        NoticeUpdate.objects.create(notice=notice, words="Teknisi di lokasi.", published_at=at)
"""
PUBLISH = """
import time, django
django.setup()
from django.utils import timezone
from helpdesk_plugin.models import NoticeUpdate, StatusNotice
notice = StatusNotice.objects.first()
for n in range(40):
    NoticeUpdate.objects.create(notice=notice, words=f"Kabar {n}", published_at=timezone.now())
    time.sleep(0.5)
"""


class Server:
    """The production server on a free port of loopback, in a directory of its own."""

    def __init__(self, directory: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "HELPDESK_VAR": str(directory),
            "DJANGO_SETTINGS_MODULE": "site_project.settings.production",
            "SECRET_KEY": "only-for-a-benchmark-" + "x" * 40,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HELPDESK_BASE_URL": f"http://127.0.0.1:{self.port}",
            "EMAIL_URL": "dummymail://",
        }
        self.run(PREPARE)
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        command += ["--threads", "8", "--no-control-socket", "--log-level", "error", "site_project.wsgi"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)

    def run(self, code: str) -> None:
        """Run a piece of code with the server's settings, and wait for it."""
        command = [sys.executable, "-c", code]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def wait(self) -> None:
        """Return when pages are answered."""
        for _attempt in range(150):
            try:
                ask(self.port, STATUS, {})
                return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)


def ask(port: int, path: str, headers: dict[str, str]) -> tuple[int, int, float, str]:
    """One reader with a connection of its own: status, bytes, seconds, tag."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
    answer = connection.getresponse()
    body = answer.read()
    tag = answer.headers.get("ETag", "")
    connection.close()
    return answer.status, len(body), time.perf_counter() - begun, tag


def crowd(name: str, readers: int, at_once: int, one: Callable[[], tuple[int, int, float, str]]) -> None:
    """Let so many readers in, so many at once, and print what they met with."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        answers = list(pool.map(lambda _n: one(), range(readers)))
    took = time.perf_counter() - begun
    times = sorted(seconds * 1000 for _status, _size, seconds, _tag in answers)
    statuses = sorted({status for status, *_rest in answers})
    p95 = times[int(len(times) * 0.95)]
    size = round(statistics.mean(size for _status, size, *_rest in answers))
    statuses_told, middle = ", ".join(map(str, statuses)), statistics.median(times)
    print(
        f"| {name} | {readers} | {statuses_told} | {size:,} | {middle:.0f} ms "
        f"| {p95:.0f} ms | {times[-1]:.0f} ms | {readers / took:,.0f} |",
        flush=True,
    )
    assert not any(status >= 400 for status in statuses), statuses


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=100)
    asked = parser.parse_args()
    readers, at_once = min(asked.readers, 10_000), min(asked.at_once, 500)
    directory = Path(tempfile.mkdtemp(prefix="helpdesk-bench-"))
    server = Server(directory)
    try:
        server.wait()
        _status, _size, first, tag = ask(server.port, STATUS, {})
        having = {"If-None-Match": tag}
        print(
            f"{os.cpu_count()} cores, {at_once} readers at a time; one reader alone: {first * 1000:.0f} ms\n"
        )
        print("| round | readers | answers | bytes | p50 | p95 | slowest | a second |")
        print("|---|---:|---|---:|---:|---:|---:|---:|")
        crowd("first visit", readers, at_once, lambda: ask(server.port, STATUS, {}))
        crowd("again, unchanged", readers, at_once, lambda: ask(server.port, STATUS, having))
        crowd("feed", readers, at_once, lambda: ask(server.port, FEED, {}))
        editor = threading.Thread(target=server.run, args=[PUBLISH])
        editor.start()
        time.sleep(3)
        crowd("while an editor publishes", readers, at_once, lambda: ask(server.port, STATUS, {}))
        editor.join()
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
