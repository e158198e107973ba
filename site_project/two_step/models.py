"""Nothing is stored here; devices and recovery codes are django-otp's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TwoStep(models.Model):
    """Carries the permission by which a group has to use two steps, so that it stands in the group's form."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("must_use", _("Must sign in with two steps"))]

    def __str__(self) -> str:
        return "two steps"
