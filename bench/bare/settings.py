"""The production settings with the bare app beside the rest. Never part of a site."""

from site_project.settings.production import *  # noqa: F403
from site_project.settings.production import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.bare"]
ROOT_URLCONF = "bench.bare.urls"
