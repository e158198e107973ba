"""Forms of the admin with a chooser, and what no chooser sends."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from helpdesk_plugin.models import AgencyProfile


@pytest.mark.django_db
def test_a_picture_that_cannot_be_is_refused_and_the_form_keeps_the_rest(client):
    client.force_login(get_user_model().objects.create_superuser("akar", "akar@example.test", "x"))
    profile = reverse(
        "wagtailsettings:edit", args=["helpdesk_plugin", "agencyprofile", AgencyProfile.load().pk]
    )
    for address, picture, text in (
        (profile, "logo", {"name": "Dinas Contoh"}),
        (reverse("helpdesk_notices:add"), "image", {"title": "Dinas Contoh", "summary": "1/0"}),
    ):
        for sent in ("SA", " ", "0", "9" * 30):
            page = client.post(address, text | {picture: sent})
            assert picture in page.context["form"].errors, (address, sent)
            assert "Dinas Contoh" in page.content.decode()
