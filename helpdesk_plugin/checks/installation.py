"""What a site has to have installed before the help desk can work in it."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import PermissionsMixin
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import FieldDoesNotExist
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend
from django_tasks.backends.immediate import ImmediateBackend

from helpdesk_plugin import people

PLUGIN = "helpdesk_plugin"
#: App → what the help desk uses it for.
NEEDED_APPS = {
    "wagtail.admin": "officers work in Wagtail's admin",
    "wagtail.users": "officers have accounts and groups",
    "wagtail.snippets": "tickets and the catalogue are listed as snippets",
    "wagtail.images": "the agency's logo is one of the site's images",
    "wagtail.contrib.settings": "the agency edits its name, contacts and rules there",
    "wagtail_modeladmin": "registers and reference data are shown by it",
    "simple_history": "it keeps what was changed in a ticket, and by whom",
}
HISTORY = "simple_history.middleware.HistoryRequestMiddleware"


@register(Tags.compatibility)
def apps_are_installed(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand the apps that the help desk stands on (helpdesk.E003)."""
    return [
        Error(
            f'"{name}" is not in INSTALLED_APPS: {purpose}.',
            hint=f'Add "{name}" to INSTALLED_APPS and run `python manage.py migrate`.',
            id="helpdesk.E003",
        )
        for name, purpose in NEEDED_APPS.items()
        if not apps.is_installed(name)
    ]


@register(Tags.compatibility)
def plugin_comes_before_the_admin(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand that the plugin's templates are found before those of the admin (helpdesk.E004)."""
    order = [config.name for config in apps.get_app_configs()]
    if "wagtail.admin" not in order or order.index(PLUGIN) < order.index("wagtail.admin"):
        return []
    return [
        Error(
            f'"{PLUGIN}" comes after "wagtail.admin" in INSTALLED_APPS, so what it adds there is hidden.',
            hint=f'Put "{PLUGIN}" first in INSTALLED_APPS.',
            id="helpdesk.E004",
        )
    ]


@register(Tags.compatibility)
def history_knows_who_acts(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Warn (helpdesk.W004) where changes would be kept without whoever made them."""
    if HISTORY in settings.MIDDLEWARE:
        return []
    return [
        Warning(
            "The history of reference data cannot tell who made a change.",
            hint=f'Add "{HISTORY}" to the end of MIDDLEWARE.',
            id="helpdesk.W004",
        )
    ]


@register(Tags.compatibility)
def accounts_can_hold_rights(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand a user model with groups and permissions (helpdesk.E011) and a mail address (helpdesk.E012)."""
    model = get_user_model()
    found: list[CheckMessage] = []
    if not issubclass(model, PermissionsMixin):
        found.append(
            Error(
                f"{model._meta.label} has no groups and permissions, so no account can hold an office.",
                hint="Let it inherit django.contrib.auth.models.PermissionsMixin, as Wagtail asks as well.",
                id="helpdesk.E011",
            )
        )
    try:
        model._meta.get_field(people.mail_field())
    except FieldDoesNotExist:
        found.append(
            Error(
                f'{model._meta.label} has no field "{people.mail_field()}" for mail addresses.',
                hint="Name the field that keeps the address: EMAIL_FIELD of the user model.",
                id="helpdesk.E012",
            )
        )
    return found


@register(Tags.compatibility)
def times_know_their_zone(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand aware times (helpdesk.E010): deadlines are moments, not readings of some clock."""
    if settings.USE_TZ:
        return []
    return [
        Error(
            "USE_TZ is off, so deadlines cannot be reckoned.",
            hint='Set USE_TZ = True and TIME_ZONE to the agency\'s zone, such as "Asia/Jakarta".',
            id="helpdesk.E010",
        )
    ]


@register(Tags.compatibility)
def tasks_run_outside_requests(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Warn where mail waits for a sweep (helpdesk.W006) or is sent while a visitor waits (helpdesk.W007)."""
    backend = task_backends["default"]
    if isinstance(backend, DummyBackend):
        return [
            Warning(
                "TASKS keeps no task, so mail waits until helpdesk_deliver is run.",
                hint=_TASKS_HINT,
                id="helpdesk.W006",
            )
        ]
    if isinstance(backend, ImmediateBackend):
        return [
            Warning(
                "Mail is sent within the visitor's request: TASKS names no backend that has a worker.",
                hint=_TASKS_HINT,
                id="helpdesk.W007",
            )
        ]
    return []


_TASKS_HINT = (
    'Install django-tasks-db, add "django_tasks_db" to INSTALLED_APPS, set '
    'TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}; run `python manage.py db_worker`.'
)
#: Caches that each process has for itself, or that keep nothing.
_OWN_CACHES = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)


@register(Tags.security, deploy=True)
def limits_are_shared(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Warn (helpdesk.W008, with --deploy) where every process counts wrong codes for itself."""
    if settings.CACHES["default"]["BACKEND"] not in _OWN_CACHES:
        return []
    return [
        Warning(
            "CACHES keeps the counts of wrong codes and of filed tickets in each process apart, so strangers "
            "have as many tries more as there are processes.",
            hint="Use a cache that all processes share: Redis, Memcached, or a table of the database "
            "(django.core.cache.backends.db.DatabaseCache and `python manage.py createcachetable`).",
            id="helpdesk.W008",
        )
    ]
