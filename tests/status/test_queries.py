"""What the status asks of the database, in figures that do not grow."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.models import NoticeSubscription
from helpdesk_plugin.services import subscriptions
from helpdesk_plugin.services.subscriptions import Wish
from tests.factories import make_notice, make_opd, make_service

STATUS = 9  # current, planned; notices, services, agencies, timeline, states; catalogue; agency of the frame
FEED = 7  # no catalogue
JSON = 9
NOTICE = 5  # notice, services, agencies, timeline; agency
MONTH = 5
SUBSCRIBE = 3  # catalogue, agencies; agency
BANNER = 2  # what is going on, its services
KNOWN = 6  # the service; notices with their facts; agency
HELD = 5  # subscription, its services; catalogue, agencies; agency of the frame


@pytest.fixture(params=[1, 12], ids=["few", "many"])
def crowd(request, internet, told):
    for n in range(request.param):
        other = make_service(category="application")
        notice = make_notice(services=[(internet, "major"), (other, "degraded")], opds=[make_opd()])
        told(notice, f"Kabar {n}")
        make_notice(
            kind="maintenance",
            services=[(other, "maintenance")],
            starts_at=timezone.now() + timedelta(days=1),
            expected_end=timezone.now() + timedelta(days=2),
        )
    return notice


@pytest.mark.parametrize(
    ("name", "queries"),
    [("status", STATUS), ("status_atom", FEED), ("status_rss", FEED), ("status_json", JSON)],
)
def test_whole_answers(client, crowd, name, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        client.get(reverse(f"helpdesk:{name}"))


def test_one_notice(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(NOTICE):
        client.get(reverse("helpdesk:notice", args=[crowd.pk]))


def test_one_month(client, crowd, django_assert_num_queries):
    today = timezone.localtime(crowd.starts_at)
    with django_assert_num_queries(MONTH):
        client.get(reverse("helpdesk:status_month", args=[today.year, today.month]))


def test_form_of_a_subscription(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(SUBSCRIBE):
        client.get(reverse("helpdesk:status_subscribe"))


def test_page_of_a_subscription(client, crowd, internet, django_assert_num_queries):
    subscriptions.ask("sari@example.test", Wish((internet,)), language="id")
    held = subscriptions.confirm(NoticeSubscription.objects.get().confirm_token)
    with django_assert_num_queries(HELD):
        client.get(reverse("helpdesk:status_subscription", args=[held.manage_token]))


def test_banner(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(1 + BANNER):  # the agency
        client.get(reverse("helpdesk:track"))


def test_what_is_known_of_a_service(client, crowd, internet, django_assert_num_queries):
    with django_assert_num_queries(KNOWN):
        client.get(reverse("helpdesk:report"), {"layanan": internet.code})
