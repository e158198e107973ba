"""Two web servers and two workers over PostgreSQL and Redis, behind nginx: one ticket, S1 to S10.

    scripts/scale-out                                                   starts PostgreSQL, tells what was seen
    S3_PRIVATE_BUCKET=… S3_ENDPOINT_URL=… scripts/scale-out             with files in an object storage

Every page goes through nginx, which sends each request to the other server in turn. Asserts that both servers
and both workers had their part, that sign-ins and limits hold across servers, and that a restart of Redis
costs nobody a page. Talks to 127.0.0.1 only.
"""

import argparse
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import requests

from bench.chaos import programs
from bench.chaos.forms import filled
from bench.chaos.people import PDF, TICKETS
from bench.chaos.post import Post

PASSWORD = "Rahasia-skala-2026"  # noqa: S105 - of invented officers in a throw-away database
#: The SOP from S2 on: who takes which step.
STEPS = (
    *(("teknisi", "triage"), ("kadis", "dispose"), ("kabid", "examine"), ("prakom", "verify")),
    *(("prakom", "diagnose"), ("prakom", "resolve"), ("teknisi", "inform")),
)
#: What the absence of Redis reads like in a log; the attribute is Wagtail's, before it asks its cache.
ABSENCE = re.compile(r"redis\.exceptions|Connection refused|_wagtail_cached_site_root_paths")
NGINX = """
worker_processes 1; daemon off; pid {place}/nginx.pid; error_log {place}/nginx.log;
events {{}}
http {{
  access_log off; client_max_body_size 25m;
  client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;
  fastcgi_temp_path {place}/f; uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;
  upstream helpdesk {{ server 127.0.0.1:{one}; server 127.0.0.1:{two}; }}
  server {{
    listen 127.0.0.1:{front};
    location / {{
      proxy_pass http://helpdesk; proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      add_header X-Answered-By $upstream_addr always;
    }}
  }}
}}
"""


class Front:
    """Browsers in front of nginx; counts which server answered."""

    def __init__(self, base: str) -> None:
        self.base, self.answers = base, Counter[str]()

    def browser(self) -> requests.Session:
        return requests.Session()

    def ask(self, browser: requests.Session, method: str, path: str, **more) -> requests.Response:
        answer = browser.request(method, self.base + path, timeout=30, allow_redirects=False, **more)
        self.answers[answer.headers.get("X-Answered-By", "?")] += 1
        assert answer.status_code < 500, f"{method} {path}: {answer.status_code}"
        return answer

    def post(self, browser: requests.Session, path: str, typed: dict, files=None) -> requests.Response:
        typed = typed | {"csrfmiddlewaretoken": browser.cookies.get("csrftoken", "")}
        return self.ask(browser, "POST", path, data=typed, files=files)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--port", type=int, default=8260, help="nginx; the next three are taken too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="helpdesk-scale-") as directory:
        place, post = Path(directory), Post()
        place.chmod(0o755)
        environment = environment_of(place, asked.port, post.port)
        os.environ.update(environment)
        prepare(environment, place)
        post.open()
        with running(environment, place, asked.port) as redis:
            front = Front(f"http://127.0.0.1:{asked.port}")
            journey(front)
            limits(front)
            without_redis(front, redis)
            tell(front, post)
            complaints(place)
        post.close()


def environment_of(place: Path, port: int, mail_port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "HELPDESK_VAR": str(place / "var"),
        "DJANGO_SETTINGS_MODULE": "site_project.settings.production",
        "SECRET_KEY": "only-for-scale-out-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HELPDESK_BASE_URL": f"http://127.0.0.1:{port}",
        "HELPDESK_TRUSTED_PROXIES": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "CACHE_URL": f"rediscache://127.0.0.1:{port + 3}/1",
    }


def prepare(environment: dict[str, str], place: Path) -> None:
    for command in (["migrate"], ["setup_helpdesk"], ["setup_site"], ["collectstatic", "--noinput"]):
        assert programs.run(environment, *command, log=place / "prepare.log"), command
    import django

    django.setup()
    from helpdesk_plugin.demo.accounts import ensure_accounts

    ensure_accounts(PASSWORD)


@contextlib.contextmanager
def running(environment: dict[str, str], place: Path, port: int) -> Iterator[programs.Program]:
    """Everything at work; yields Redis, so that it can be restarted."""
    commands = programs.production_commands()
    (place / "nginx.conf").write_text(NGINX.format(place=place, front=port, one=port + 1, two=port + 2))
    redis = f"redis-server --port {port + 3} --bind 127.0.0.1 --save '' --dir {place}"
    wanted = {
        "redis": (redis, {}),
        "web-1": (commands["web"], {"BIND": f"127.0.0.1:{port + 1}"}),
        "web-2": (commands["web"], {"BIND": f"127.0.0.1:{port + 2}"}),
        "worker-1": (commands["worker"] + " --worker-id worker-1", {}),
        "worker-2": (commands["worker"] + " --worker-id worker-2", {}),
        "outbox": (commands["outbox"], {}),
        "tick": (commands["tick"], {}),
        "nginx": (f"nginx -c {place}/nginx.conf -e {place}/nginx.log", {}),
    }
    kept = {
        name: programs.Program(name, command, environment | more, place / f"{name}.log")
        for name, (command, more) in wanted.items()
    }
    for program in kept.values():
        program.start()
    try:
        for door in (port + 1, port + 2, port):
            programs.wait_until_answered(f"http://127.0.0.1:{door}")
        yield kept["redis"]
    finally:
        for program in reversed(kept.values()):
            program.let_go()


def journey(front: Front) -> None:
    """One ticket with a file, from the form to the closing, each page from the other server."""
    from helpdesk_plugin.models import Ticket

    requester = front.browser()
    number = file_a_ticket(front, requester)
    ticket = Ticket.objects.get(number=number)
    officers: dict[str, requests.Session] = {}
    for name, act in STEPS:
        if name not in officers:
            officers[name] = sign_in(front, name)
        take(front, officers[name], ticket.pk, act)
    typed = {"kunci": str(uuid.uuid4()), "note": "Sudah pulih.", "versi": str(version_of(ticket))}
    done = front.post(requester, f"/help-desk/tiket/{number}/konfirmasi/", typed)
    assert "terkirim=konfirmasi" in done.headers.get("Location", ""), done.status_code
    take(front, officers["prakom"], ticket.pk, "close")
    ticket.refresh_from_db()
    assert ticket.status == "closed", ticket.status
    file = front.ask(requester, "GET", f"/help-desk/tiket/{number}/berkas/{ticket.attachments.get().pk}/")
    assert file.content == PDF
    print(f"{number}: filed with a file, {', '.join(act for _name, act in STEPS)}, confirmed, closed.")


def version_of(ticket) -> int:
    ticket.refresh_from_db()
    return ticket.version


def file_a_ticket(front: Front, requester: requests.Session) -> str:
    from helpdesk_plugin.models import Opd

    front.ask(requester, "GET", "/help-desk/lapor/?layanan=INF-NET&lanjut=1")
    typed = {
        "layanan": "INF-NET",
        "kunci": str(uuid.uuid4()),
        "aksi": "kirim",
        "summary": "Internet kantor mati sejak pagi",
        "description": "Lampu modem merah.",
        "who_affected": "office",
        "alternative": "no",
        "requester_name": "Sari Melati",
        "opd": str(Opd.objects.offered().order_by("pk")[0].pk),
        "requester_unit": "Bidang Anggaran",
        "requester_phone": "0812 3456 7890",
        "requester_email": "sari.melati@example.test",
        "privacy_ack": "1",
    }
    files = [("lampiran", ("bukti.pdf", PDF, "application/pdf"))]
    answer = front.post(requester, "/help-desk/lapor/", typed, files)
    number = re.search(r"/tiket/([^/]+)/tanda-terima/", answer.headers.get("Location", ""))
    assert number, answer.status_code
    assert number[1] in front.ask(requester, "GET", answer.headers["Location"]).text
    return number[1]


def sign_in(front: Front, name: str) -> requests.Session:
    browser = front.browser()
    front.ask(browser, "GET", "/admin/login/")
    answer = front.post(browser, "/admin/login/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302, f"{name}: {answer.status_code}"
    return browser


def take(front: Front, officer: requests.Session, pk: int, act: str) -> None:
    path = f"{TICKETS}{pk}/do/{act}/"
    form = front.ask(officer, "GET", path)
    typed = filled(form.text, "Kabel serat disambung kembali.", path)
    assert typed is not None, f"{act} is not offered: {form.status_code} {form.headers.get('Location')}"
    answer = front.post(officer, path, typed)
    errors = re.findall(r'class="error-message"[^>]*>\s*([^<]+)', answer.text)
    assert answer.status_code == 302, f"{act}: {errors}"


def limits(front: Front) -> None:
    """Wrong codes are counted together, whichever server was asked: the twenty-first is refused."""
    guesser, codes = front.browser(), []
    front.ask(guesser, "GET", "/help-desk/lacak/")
    for _n in range(22):
        typed = {"nomor": "HD-2026-000001", "kode": "AAAA-AAAA-AAAA"}
        codes.append(front.post(guesser, "/help-desk/lacak/", typed).status_code)
    print(f"Wrong codes, alternating between both servers: {Counter(codes)}")
    assert codes.index(429) == 20, codes


def without_redis(front: Front, redis: programs.Program) -> None:
    """While Redis is away pages are drawn all the same, and `/readyz` says what is missing."""
    visitor, officer = front.browser(), sign_in(front, "teknisi")
    redis.hold()
    time.sleep(0.5)
    for path in (
        "/",
        "/help-desk/lapor/?layanan=INF-NET",
        "/help-desk/lacak/",
        "/help-desk/status/",
        "/admin/login/",
    ):
        assert front.ask(visitor, "GET", path).status_code == 200, path
    ready = requests.get(f"{front.base}/readyz", timeout=30)
    assert (ready.status_code, ready.json()["cache"]) == (503, "unavailable"), ready.text
    assert file_a_ticket(front, visitor)
    for signed_in in (officer, sign_in(front, "kabid")):
        assert front.ask(signed_in, "GET", TICKETS).status_code == 200
    redis.resume()
    programs.wait_until_answered(front.base)
    assert front.ask(officer, "GET", TICKETS).status_code == 200
    print("Redis away: pages, a new ticket, officers stay and get in, /readyz names it; back: ready again.")


def tell(front: Front, post: Post) -> None:
    """Wait for the mail, and say who did what."""
    from django_tasks_db.models import DBTaskResult

    from helpdesk_plugin.models import OutboxMessage

    until = time.monotonic() + 90
    while OutboxMessage.objects.waiting().exists() and time.monotonic() < until:
        time.sleep(0.5)
    sent = OutboxMessage.objects.filter(state="sent").count()
    workers = Counter(one for ids in DBTaskResult.objects.values_list("worker_ids", flat=True) for one in ids)
    came = Counter(identity for identity, _at in post.arrivals)
    print(f"Answers by server: {dict(front.answers)}")
    print(f"Tasks by worker: {dict(workers)}")
    twice = sum(often > 1 for often in came.values())
    print(f"Messages sent: {sent}, taken by the mail server: {len(came)}, twice: {twice}")
    assert len(front.answers) == 2, front.answers
    assert set(workers) == {"worker-1", "worker-2"}, workers
    assert sent == len(came) == len(post.arrivals) > 0


def complaints(place: Path) -> None:
    """What the programs may complain of is the absence of Redis alone."""
    error, told = re.compile(r"^[\w.]+(?:Error|Exception)\b.*", re.MULTILINE), Counter[str]()
    for log in place.glob("*.log"):
        told.update(error.findall(log.read_text(errors="replace")))
    other = [sentence for sentence in told if not ABSENCE.search(sentence)]
    print(f"Errors in the logs: {told.total()}, of something else than Redis: {other}")
    assert not other


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(str(error))
