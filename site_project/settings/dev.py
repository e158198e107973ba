"""A workstation: errors are shown in the browser, mail goes to files, nothing needs to be configured."""

from site_project.settings.base import *
from site_project.settings.base import VAR_DIR, env
from site_project.settings.local_secret import local_secret

DEBUG = True
# Kept in var/, so that sessions and tracking links survive a restart and work in both modes of `make run`.
SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret(VAR_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

HELPDESK_BASE_URL = env.str("HELPDESK_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = HELPDESK_BASE_URL

if "EMAIL_URL" in env:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

SERVE_MEDIA = True
