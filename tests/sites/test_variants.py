"""A ticket is filed, followed and received in a browser, in sites that know nothing of the plugin."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from email import message_from_string, policy
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import watch
from tests.sites.package import installed_python
from tests.sites.project import OFFICER, PASSWORD, Project
from tests.sites.variants import VARIANTS

REQUESTER = "sari@example.test"
DESKTOP = {"width": 1366, "height": 768}
#: What Wagtail itself asks for in its admin, in a site that has not told it otherwise.
WAGTAILS_OWN = r"asked another host: https?://(www\.gravatar\.com|releases\.wagtail\.)"
#: The icon that every browser asks for at the root of a host; a project below a path knows nothing of it.
ICON = r"server error 500: [^ ]*:\d+/favicon\.ico"
NOT_OURS = re.compile(f"{WAGTAILS_OWN}|{ICON}")


@pytest.fixture(params=VARIANTS, ids=lambda variant: variant.name)
def project(request, tmp_path: Path) -> Iterator[Project]:
    made = Project(request.param, tmp_path, installed_python())
    server = made.start()
    yield made
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


@pytest.fixture
def open_window(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[[str], Page]]:
    """Open a window of one more person on one of the hosts; the test fails if anything goes wrong in it."""
    troubles: list[str] = []

    def opened(site: str) -> Page:
        context = new_context(viewport=DESKTOP, locale="en-US", timezone_id="Asia/Jakarta")
        watch(context, site, troubles)
        return context.new_page()

    yield opened
    assert [trouble for trouble in troubles if not NOT_OURS.match(trouble)] == []


def test_a_ticket_is_filed_followed_and_received(project: Project, open_window) -> None:
    """One test a site, because making it is dear."""
    assert "+" not in project.said.partition("again")[2]
    visitor = open_window(project.public)
    number = file_a_disruption(visitor, project)
    mails = {mail["To"]: mail for mail in map(parsed, project.mails())}
    officer = sign_in(open_window(project.admin), project)
    receive(officer, number, link_in(mails[OFFICER], project.admin), project)
    visitor.reload()
    expect(visitor.locator(".hd-pill").first).to_contain_text(said("Received", project))
    another = open_window(project.public)
    another.goto(link_in(mails[REQUESTER], project.public))
    expect(another.get_by_role("heading", level=1)).to_contain_text("Internet kantor mati")
    walk_around(another, project)


def file_a_disruption(page: Page, project: Project) -> str:
    """From the entrance to the open ticket; returns its number."""
    page.goto(project.public)
    page.get_by_role("link", name=said("Report a disruption", project)).first.click()
    page.get_by_role("link", name="Internet OPD (putus/lambat)").click()
    page.locator("input[name=summary]").fill("Internet kantor mati")
    page.locator("textarea[name=description]").fill("Lampu modem merah.")
    page.locator("label", has=page.locator("[name=who_affected]")).nth(2).click()
    page.locator("label", has=page.locator("[name=alternative]")).last.click()
    page.locator("[name=requester_name]").fill("Sari Melati")
    page.locator("select[name=opd]").select_option(index=3)
    page.locator("[name=requester_unit]").fill("Lantai 2")
    page.locator("[name=requester_phone]").fill("0812 3456 7890")
    page.locator("[name=requester_email]").fill(REQUESTER)
    page.locator("label", has=page.locator("[name=privacy_ack]")).click()
    # By its address: German sites say it with Wagtail's word, which the plugin's English gives way to.
    page.locator("button.hd-button[value=periksa]").click()
    page.get_by_role("button", name=said("Send report", project)).click()
    expect(page.locator("#hd-code")).to_have_text(re.compile(r"^(\w{4}-){2}\w{4}$"))
    assert f"{project.public}lacak/" in page.locator("body").inner_text()
    number = re.search(r"HD-\d{4}-\d{6}", page.locator("body").inner_text())[0]
    page.get_by_role("link", name=said("Open the ticket", project)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Internet kantor mati")
    return number


def sign_in(page: Page, project: Project) -> Page:
    page.goto(project.admin)
    page.locator("[name=username]").fill(project.user_name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    expect(page).to_have_url(project.admin)
    return page


def receive(page: Page, number: str, link: str, project: Project) -> None:
    """S2 at the desk, from the mail's link: the ticket moves on."""
    page.goto(link)
    expect(page.get_by_role("heading", name=re.compile(number)).first).to_be_visible()
    verb = said("Accept and prioritise", project)
    page.locator(".hd-actions").get_by_role("link", name=verb, exact=True).first.click()
    page.get_by_role("button", name=verb, exact=True).click()
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    page.goto(f"{project.admin}helpdesk/tickets/")
    expect(page.get_by_role("link", name=re.compile(number)).first).to_be_visible()


def walk_around(page: Page, project: Project) -> None:
    """Every public page answers, in the site's frame and with its own stylesheet."""
    for path in ("", "ajukan/", "lacak/", "katalog/", "sop/", "privasi/", "status/", "tiket-saya/"):
        assert page.goto(project.public + path).status == 200, path
        size = "getComputedStyle(document.querySelector('.hd')).getPropertyValue('--hd-brand')"
        assert page.evaluate(size), path


def parsed(text: str):
    return message_from_string(text, policy=policy.default)


def link_in(mail, start: str) -> str:
    """The link in a mail, which begins with the address that the site has configured."""
    text = mail.get_body(("plain",)).get_content()
    links = re.findall(r"https?://\S+", text)
    assert links
    assert all(link.startswith(start) for link in links), links
    return links[0]


def said(words: str, project: Project) -> str:
    with override(project.variant.words):
        return gettext(words)
