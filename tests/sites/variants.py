"""The sites that the plugin is installed into: what each does otherwise than a project of `wagtail start`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: A user model that has neither user names nor first and last names, and keys that are no numbers.
ACCOUNTS = """
import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class Users(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    USERNAME_FIELD = "email"
    objects = Users()
"""
#: A second site of Wagtail's, with the help desk's page below it.
SECOND_SITE = """
from wagtail.models import Page, Site
from helpdesk_plugin.pages.models import HelpDeskPage
front = Page.objects.get(depth=1).add_child(instance=Page(title="Layanan", slug="layanan-tik"))
Site.objects.update(hostname="127.0.0.1", port=PORT, is_default_site=True)
Site.objects.create(hostname="localhost", port=PORT, root_page=front, site_name="Layanan TIK")
HelpDeskPage.objects.get().move(front, pos="last-child")
"""


@dataclass(frozen=True)
class Variant:
    """One site. ``words``: the language in which its screens speak; ``mount``, ``admin``: paths in urls.py.

    ``prefix``: where the whole project is mounted. ``hosts``: of the public site and of the admin.
    ``settings`` come after those of the README, ``prepare`` is run when everything is migrated. ``ground``
    names the migrated database that it begins with, or makes for others if it ``lays_ground``.
    """

    name: str
    language: str
    words: str
    mount: str = "help-desk/"
    admin: str = "admin/"
    prefix: str = ""
    hosts: tuple[str, str] = ("127.0.0.1", "127.0.0.1")
    settings: str = ""
    prepare: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    ground: str = "plain"
    lays_ground: bool = True


VARIANTS = (
    Variant(
        "several",
        language="de",
        words="en",
        hosts=("localhost", "127.0.0.1"),
        settings="""
INSTALLED_APPS.remove("home")
HELPDESK_BASE_TEMPLATE = "frame.html"
""",
        prepare=SECOND_SITE,
    ),
    # As `wagtail start` makes it, American English included.
    Variant("fresh", language="en-us", words="en", ground="home"),
    Variant(
        "mounted",
        language="id",
        words="id",
        mount="layanan/bantuan/",
        admin="cms/",
        prefix="/portal",
        settings="""
FORCE_SCRIPT_NAME = "/portal"
STATIC_URL, MEDIA_URL = "/portal/static/", "/portal/media/"
INSTALLED_APPS.append("accounts")
AUTH_USER_MODEL = "accounts.User"
""",
        files={"accounts/__init__.py": "", "accounts/models.py": ACCOUNTS},
        ground="accounts",
    ),
)
