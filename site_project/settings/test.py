"""The test run: as production where it matters, quick where it does not, all in a temporary directory.

DATABASE_URL is honoured, so the same suite runs on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Every process of the run (there is one per core) gets a directory of its own.
TEST_VAR_DIR = Path(tempfile.mkdtemp(prefix="helpdesk-test-"))
atexit.register(shutil.rmtree, TEST_VAR_DIR, ignore_errors=True)
os.environ["HELPDESK_VAR"] = str(TEST_VAR_DIR)

from site_project.settings.base import *  # noqa: E402 - base reads HELPDESK_VAR when it is imported
from site_project.settings.base import DATABASES  # noqa: E402

DEBUG = False
SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
HELPDESK_BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = HELPDESK_BASE_URL

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file and not memory: threads then have connections of their own, as gunicorn's workers do, so that
    # tests of two people pressing at once mean something. Nothing here needs to survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # the live server's threads must not hold the database open

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
HELPDESK_STATUS_SECONDS = 0  # one test's page is not kept for the next; test_kept.py keeps some
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SERVE_MEDIA = True
AXES_ENABLED = False  # the tests of signing in switch it on
STAFF_IDLE_MINUTES = STAFF_SESSION_HOURS = 0  # tests set the clock; test_sessions.py switches them on
