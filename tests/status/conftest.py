"""A desk whose services people know, and notices of every kind."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings, NoticeUpdate
from helpdesk_plugin.status import kept
from tests.factories import make_agency_data, make_notice, make_opd, make_service


@pytest.fixture(autouse=True)
def desk(db, settings):
    settings.HELPDESK_BASE_TEMPLATE = "helpdesk_plugin/base.html"
    cache.clear()
    kept.forget()
    make_agency_data()
    agency = AgencyProfile.load()
    agency.name, agency.email = "Dinas Contoh", "helpdesk@example.go.id"
    agency.save()
    HelpDeskSettings.load()
    yield agency
    kept.forget()


@pytest.fixture
def internet():
    return make_service(code="INF-NET", name="Internet OPD", category="infrastructure")


@pytest.fixture
def mail():
    return make_service(code="APP-EML", name="Email dinas", category="application")


@pytest.fixture
def opd():
    return make_opd(name="Badan Keuangan Contoh")


@pytest.fixture
def fibre(internet):
    """A disruption that is going on."""
    return make_notice(title="Kabel serat putus", title_en="Fibre cut", services=[(internet, "major")])


@pytest.fixture
def told():
    """Publish an update of a notice, as the service does, now unless told otherwise."""

    def tell(notice, words="Teknisi di lokasi.", *, at=None, **fields):
        at = at or timezone.now()
        facts = {"nature": "update", "phase": notice.phase, "words": words, "published_at": at, **fields}
        return NoticeUpdate.objects.create(notice=notice, **facts)

    return tell
