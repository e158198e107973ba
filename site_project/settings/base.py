"""What every way of running this site shares.

Everything that the site writes (database, uploads, private files, mail files, secrets) lies under one
directory, `var/`, which the environment variable HELPDESK_VAR may move.
"""

from datetime import timedelta
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from site_project.settings.databases import cache_from, database_from
from site_project.settings.stores import stores_from

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("HELPDESK_VAR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "home",
    "helpdesk_plugin",
    "helpdesk_plugin.pages",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_filters",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "site_project.two_step",
    "django_guid",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First, so that every line of the log carries the request that it belongs to.
    "django_guid.middleware.guid_middleware",
    "site_project.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "site_project.middleware.ContentPolicyMiddleware",
    "site_project.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Indonesian first: only the switch on the page decides what a citizen reads, not Accept-Language.
    "site_project.middleware.LanguageFromCookieMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before anything that asks who is signed in.
    "site_project.sessions.OfficerSessionMiddleware",
    "site_project.two_step.middleware.TwoStepMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # Last, as it asks: turns a refused sign-in into the page that says how long to wait.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "site_project.urls"
WSGI_APPLICATION = "site_project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------

DATABASES = {"default": database_from(env, VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": cache_from(env)}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["site_project.formats"]
TIME_ZONE = "Asia/Pontianak"
USE_I18N = True
USE_TZ = True

# --- Files --------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Pictures of the site's editors: usually served by the server in front, in a small installation by Django.
SERVE_MEDIA = False
STORAGES = stores_from(env, VAR_DIR)

# Four files of 5 MB and the texts of one message must pass, and what is too much must still reach the form:
# a person is owed a sentence beside the field, not a bare 400. So these bounds lie well above the form's own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # all text of one request, files not counted
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor and group permissions send thousands
DATA_UPLOAD_MAX_NUMBER_FILES = 20  # the form allows 4 and says so
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # larger files wait on the disk, not in memory
FILE_UPLOAD_PERMISSIONS = 0o644

# --- People and security ------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "site_project.passwords.GuessableValidator"},
]
# Asks a service on the internet, so an agency has to want it.
if env.bool("ASK_ABOUT_LEAKED_PASSWORDS", default=False):
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "site_project.passwords.LeakedValidator"})
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: refuses whoever has guessed too often
    "django.contrib.auth.backends.ModelBackend",
]
# Five wrong passwords for one account from one address close the door between these two for a quarter of an
# hour. Neither the account alone, or strangers could lock an officer out, nor the address alone, which a
# whole office shares.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "site_project.sign_in.client_address"
AXES_LOCKOUT_CALLABLE = "site_project.sign_in.wait_a_while"
AXES_ENABLE_ADMIN = False  # there is no Django admin
AXES_VERBOSE = False
# Off, nobody is asked for a second step. On, everybody may set one up, and a group may be made to.
TWO_STEP_VERIFICATION = env.bool("TWO_STEP_VERIFICATION", default=False)
# Officers are signed out after so long without a press in the admin (longer than a meeting or a meal), and
# so long after signing in (a day with its overtime), even if they asked to be remembered. 0: no such limit.
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=120)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=12)
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows pages in a frame of the same site
SECURE_REFERRER_POLICY = "same-origin"

# --- Mail ---------------------------------------------------------------------------------------------------

EMAIL_TIMEOUT = 20  # seconds; a dead mail server must not hold the worker
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Help Desk <helpdesk@example.go.id>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Wagtail ------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Help Desk"
OTP_TOTP_ISSUER = WAGTAIL_SITE_NAME  # by which the app on a telephone names this site
WAGTAILADMIN_USER_LOGIN_FORM = "site_project.sign_in_form.SignInForm"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no picture of an officer is asked for at a foreign host
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nor does the dashboard call home
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []  # pages load nothing from other hosts, so there is nothing to embed
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # so that private collections stay private
WAGTAILDOCS_DOCUMENT_FORM_BASE = "site_project.editor_files.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "site_project.editor_files.ImageForm"

# A cache in front of the site, told at once of pages and notices that change: FRONTEND_CACHE_URL=http://cache:6081
FRONTEND_CACHE_URL = env.str("FRONTEND_CACHE_URL", default="")
if FRONTEND_CACHE_URL:
    INSTALLED_APPS.append("wagtail.contrib.frontend_cache")
    WAGTAILFRONTENDCACHE = {
        "front": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": FRONTEND_CACHE_URL,
        }
    }

# --- Help desk ----------------------------------------------------------------------------------------------

HELPDESK_BASE_TEMPLATE = "base.html"
HELPDESK_ATTACHMENT_STORAGE = "helpdesk"
HELPDESK_LEFTOVERS_HOURS = env.int("HELPDESK_LEFTOVERS_HOURS", default=24)
HELPDESK_TRACKING_KEYS = env.list("HELPDESK_TRACKING_KEYS", default=[])  # empty: they derive from SECRET_KEY
HELPDESK_STATUS_SECONDS = env.int("HELPDESK_STATUS_SECONDS", default=15)
HELPDESK_TRUSTED_PROXIES = env.int("HELPDESK_TRUSTED_PROXIES", default=0)
HELPDESK_SCANNER = env.str("HELPDESK_SCANNER", default="")
HELPDESK_SCANNER_NEEDED = env.bool("HELPDESK_SCANNER_NEEDED", default=True)

# --- Log ----------------------------------------------------------------------------------------------------

LOG_FORMAT = env.str("LOG_FORMAT", default="plain")  # or json: a line an event, for a log collector
LOG_FILTERS = ["hide_tracking_links", "request_id"]
# Told back to the browser, so that somebody who reports an error can say which one. An identity that the
# server in front has given (nginx: $request_id) is kept.
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "EXPOSE_HEADER": False}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "hide_tracking_links": {"()": "site_project.logs.HideTrackingLinks"},
        "request_id": {"()": "django_guid.log_filters.CorrelationId", "correlation_id_field": "request_id"},
    },
    "formatters": {
        "plain": {"format": "{asctime} {levelname} [{request_id}] {name}: {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{message}{request_id}",
            "style": "{",
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": LOG_FILTERS,
        },
        "troubles": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": LOG_FILTERS,
            "level": "WARNING",
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Says of each task that it was queued, began and ended well: too much. The worker raises its level
        # again, so the handler holds it back.
        "django_tasks": {"handlers": ["troubles"], "propagate": False},
        "django_tasks_db": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "helpdesk_plugin": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Strangers may send any header: no reason to write about each.
        "django_guid": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
