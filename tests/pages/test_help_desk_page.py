"""The entrance of the help desk as a page that editors place and word."""

import pytest
from wagtail.models import Page, Site

from helpdesk_plugin.pages.models import HelpDeskPage


@pytest.fixture
def page(db):
    root = (
        Site.objects.get(is_default_site=True).root_page
        if Site.objects.exists()
        else Page.get_first_root_node()
    )
    found = HelpDeskPage.objects.first()
    if found is None:
        found = root.add_child(
            instance=HelpDeskPage(
                title="Help Desk",
                slug="help-desk",
                intro="Kami bantu.",
                report_hint="Sesuatu berhenti bekerja.",
            )
        )
    return found


def test_page_leads_to_every_way_in_with_the_editors_words(page, client):
    answer = client.get(page.get_url())
    html = answer.content.decode()
    assert answer.status_code == 200
    for path in ("lapor/", "ajukan/", "lacak/", "tiket-saya/", "status/", "katalog/", "sop/"):
        assert f'href="/help-desk/{path}"' in html
    assert "Sesuatu berhenti bekerja." in html


def test_page_hangs_its_entries_into_the_sites_menu(page):
    labels = [str(label) for label, _address in page.get_menu_links()]
    assert labels == [
        "Laporkan gangguan",
        "Ajukan permintaan",
        "Lacak tiket",
        "Tiket saya",
        "Status layanan",
        "Katalog layanan",
        "SOP dan target layanan",
    ]


def test_page_follows_the_base_template_of_the_host(page, client, settings):
    settings.HELPDESK_BASE_TEMPLATE = "helpdesk_plugin/base.html"
    assert client.get(page.get_url()).status_code == 200
