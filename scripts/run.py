"""Bring the site up, as `make run` does: prepare the database, then start web server, worker and mail.

Environment: MODE (dev or production), HOST, PORT. In production mode the settings demand a secret key, host
names and the address of the site; for this local try-out the missing ones are filled in here, so that exactly
the production settings run. Nothing that the environment sets is overridden.
"""

import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {"dev": "site_project.settings.dev", "production": "site_project.settings.production"}
PROCFILES = {"dev": "Procfile.dev", "production": "Procfile"}


def main() -> None:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    mode = os.environ.get("MODE", "dev")
    host = os.environ.get("HOST", "127.0.0.1")
    port = os.environ.get("PORT", "8000")
    if mode not in SETTINGS:
        sys.exit(f"MODE is {mode}, but only dev and production exist. Try: make run MODE=production")
    refuse_used_address(host, port)
    fill_environment(mode, host, port)
    prepare(mode)
    sys.stdout.flush()
    honcho = [sys.executable, "-m", "honcho", "--procfile", PROCFILES[mode], "--env", os.devnull, "start"]
    os.execv(sys.executable, honcho)  # noqa: S606 - this process becomes the supervisor; no shell is wanted


def refuse_used_address(host: str, port: str) -> None:
    """End with a sentence if nobody could listen at this address, before anything is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        sys.exit(
            f"The site cannot listen on {host}, port {port}: {error.strerror}. "
            "Stop what runs there, or choose another port: make run PORT=8001"
        )


def fill_environment(mode: str, host: str, port: str) -> None:
    """Set what the settings and the Procfile need and the environment does not say."""
    from site_project.settings.local_secret import local_secret

    in_address = f"[{host}]" if ":" in host else host
    everywhere = host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
    public_host = "127.0.0.1" if everywhere else in_address
    var_dir = Path(os.environ.get("HELPDESK_VAR", ROOT / "var")).resolve()
    var_dir.mkdir(parents=True, exist_ok=True)

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS[mode]
    os.environ["BIND"] = f"{in_address}:{port}"
    os.environ["PYTHONUNBUFFERED"] = "1"
    # The Procfile says `python`: the one that runs this script, with the packages it has.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    os.environ.setdefault("HELPDESK_BASE_URL", f"http://{public_host}:{port}")
    os.environ.setdefault("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{in_address}")
    # The same key and the same mail files in both modes: tracking links made in one must work in the other.
    os.environ.setdefault("SECRET_KEY", local_secret(var_dir))
    # Four slashes: the third ends the empty host, the fourth begins the absolute path.
    os.environ.setdefault("EMAIL_URL", f"filemail:///{var_dir / 'mail'}")
    os.environ.setdefault("SERVE_MEDIA", "true")


def prepare(mode: str) -> None:
    """Bring database, seed data, demonstration and static files up to date; quick when they already are."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.utils.translation import gettext as _

    print("Preparing the database (the first time takes half a minute) …", flush=True)
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("setup_helpdesk")
    call_command("setup_site")  # after it: puts the help desk's menu in its place between the others
    if mode == "production":
        print("Collecting the static files …", flush=True)
        call_command("collectstatic", interactive=False, verbosity=0)
    tell_addresses(settings.HELPDESK_BASE_URL)
    call_command("helpdesk_demo", password_file=settings.VAR_DIR / "demo-password")
    print(_("Ctrl-C stops everything."), end="\n\n", flush=True)


def tell_addresses(base: str) -> None:
    """Print where the site can be looked at, in the site's language."""
    from django.urls import reverse
    from django.utils.translation import gettext as _

    places = {
        _("Site"): "/",
        _("Report a disruption"): reverse("helpdesk:report"),
        _("Track a ticket"): reverse("helpdesk:track"),
        _("Administration"): reverse("wagtailadmin_home"),
    }
    print()
    for name, path in places.items():
        print(f"{name + ':':<22}{base}{path}")


if __name__ == "__main__":
    main()
