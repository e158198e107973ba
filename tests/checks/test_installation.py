"""What a site has forgotten is said in words, each with what to do about it."""

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.exceptions import FieldDoesNotExist
from django_tasks.backends.dummy import DummyBackend
from django_tasks.backends.immediate import ImmediateBackend

from helpdesk_plugin.checks import frame, installation, wiring

PROCESSORS = ["django.template.context_processors.request", frame.NEEDED_PROCESSORS[1]]


def told(messages) -> list[str]:
    """Ids of the messages; each of them has a hint."""
    assert all(message.hint for message in messages)
    return [message.id for message in messages]


def test_this_site_has_forgotten_nothing():
    known = {f"helpdesk.{kind}{n:03}" for kind in "EW" for n in range(1, 30)} - {"helpdesk.W003"}
    assert known.isdisjoint(message.id for message in run_checks())


@pytest.mark.parametrize("name", installation.NEEDED_APPS)
def test_missing_app(monkeypatch, name):
    there = installation.apps.is_installed
    monkeypatch.setattr(installation.apps, "is_installed", lambda asked: asked != name and there(asked))
    (error,) = installation.apps_are_installed()
    assert told([error]) == ["helpdesk.E003"]
    assert name in error.msg


def test_plugin_behind_the_admin(monkeypatch):
    configs = sorted(installation.apps.get_app_configs(), key=lambda config: config.name, reverse=True)
    monkeypatch.setattr(installation.apps, "get_app_configs", lambda: configs)
    assert told(installation.plugin_comes_before_the_admin()) == ["helpdesk.E004"]
    monkeypatch.setattr(installation.apps, "get_app_configs", list)
    assert installation.plugin_comes_before_the_admin() == []


def test_missing_middleware(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "history" not in name]
    assert told(installation.history_knows_who_acts()) == ["helpdesk.W004"]


def test_user_model_without_rights_or_address(monkeypatch):
    monkeypatch.setattr(installation, "get_user_model", lambda: AbstractBaseUser)
    monkeypatch.setattr(AbstractBaseUser._meta, "get_field", _no_field)
    assert told(installation.accounts_can_hold_rights()) == ["helpdesk.E011", "helpdesk.E012"]
    monkeypatch.setattr(installation, "get_user_model", lambda: User)
    assert installation.accounts_can_hold_rights() == []


def _no_field(name):
    raise FieldDoesNotExist(name)


def test_times_without_a_zone(settings):
    settings.USE_TZ = False
    assert told(installation.times_know_their_zone()) == ["helpdesk.E010"]


@pytest.mark.parametrize(
    ("backend", "expected"), [(DummyBackend, "helpdesk.W006"), (ImmediateBackend, "helpdesk.W007")]
)
def test_tasks_without_a_worker(monkeypatch, backend, expected):
    monkeypatch.setattr(installation, "task_backends", {"default": backend("default", {})})
    (warning,) = installation.tasks_run_outside_requests()
    assert told([warning]) == [expected]
    assert "db_worker" in warning.hint


def test_limits_of_each_process(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert told(installation.limits_are_shared()) == ["helpdesk.W008"]
    assert "helpdesk.W008" in [message.id for message in run_checks(include_deployment_checks=True)]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "c"}}
    assert installation.limits_are_shared() == []


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ("path('', include(wagtail_urls))", ["helpdesk.E006"]),
        (
            "path('', include(wagtail_urls)), path('help-desk/', include('helpdesk_plugin.urls'))",
            ["helpdesk.E007"],
        ),
        ("path('a/b/', include('helpdesk_plugin.urls')), path('', include(wagtail_urls))", []),
    ],
    ids=["not mounted", "behind Wagtail", "in order"],
)
def test_addresses(settings, tmp_path, monkeypatch, request, patterns, expected):
    name = f"urls_{abs(hash(request.node.name))}"
    (tmp_path / f"{name}.py").write_text(
        "from django.urls import include, path\nfrom wagtail import urls as wagtail_urls\n"
        f"urlpatterns = [{patterns}]\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    settings.ROOT_URLCONF = name
    assert told(wiring.addresses_lead_to_the_help_desk()) == expected


@pytest.mark.parametrize(
    ("own", "admin", "expected"),
    [
        ("", "", ["helpdesk.E008"]),
        ("www.example.go.id", "https://cms.example.go.id", ["helpdesk.E008"]),
        ("https://www.example.go.id", "http://example.com", ["helpdesk.W005"]),
        ("", "https://www.example.go.id", []),
    ],
)
def test_address_of_the_site(settings, own, admin, expected):
    settings.HELPDESK_BASE_URL, settings.WAGTAILADMIN_BASE_URL = own, admin
    assert told(wiring.mails_can_name_the_site()) == expected


def with_templates(settings, files=None, processors=PROCESSORS):
    """The site's own templates, further ones, and these context processors."""
    (engine,) = settings.TEMPLATES
    loaders = [("django.template.loaders.locmem.Loader", files or {})]
    loaders.append("django.template.loaders.app_directories.Loader")
    options = {"context_processors": processors, "loaders": loaders}
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]


def test_missing_context_processors(settings):
    with_templates(settings, processors=[])
    assert told(frame.templates_get_what_they_need()) == ["helpdesk.E005", "helpdesk.E005"]
    with_templates(settings)
    assert frame.templates_get_what_they_need() == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{% extends 'bare.html' %}", "has no block extra_head"),
        ("{% extends 'bare.html' %}{% block css %}{% block extra_head %}{% endblock %}{% endblock %}", ""),
        ("{% endblock %}", "TemplateSyntaxError"),
        (None, "TemplateDoesNotExist"),
    ],
)
def test_frame(settings, template, expected):
    bare = "{% block title %}{% endblock %}{% block css %}{% endblock %}{% block content %}{% endblock %}"
    with_templates(settings, {"bare.html": bare} | ({"own.html": template} if template else {}))
    settings.HELPDESK_BASE_TEMPLATE = "own.html"
    messages = frame.frame_has_the_blocks()
    assert told(messages) == (["helpdesk.E009"] if expected else [])
    assert all(expected in message.msg for message in messages)
