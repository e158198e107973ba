"""What a parent's progress proposes for its children, and that a person decides for each."""

import pytest
from django.urls import reverse

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services.relations import link_ticket
from tests.factories import Journey, make_service, make_ticket, ticket_at, without_security_rights
from tests.staff.conftest import act_url, filled, messages_of, page_url


def children_url(ticket, act):
    return reverse("helpdesk_tickets:children", args=[ticket.pk, act.value])


@pytest.fixture
def officer(as_role):
    return as_role(Role.TECHNICAL_SUPPORT)


@pytest.fixture
def family(staff):
    """A recovered parent; two children that can follow, and one that cannot yet."""
    journey = Journey(staff=staff)
    parent = journey.to(TicketStatus.RECOVERING)
    children = [ticket_at(TicketStatus.RECOVERING, staff=staff) for _n in range(2)]
    children.append(ticket_at(TicketStatus.TRIAGED, staff=staff))
    for child in children:
        link_ticket(child.pk, parent, by=staff.teknisi)
    journey.resolve()
    return journey, children


def sent(client, url, *ticked):
    """What the page would send with these children ticked."""
    data = {}
    for one in client.get(url).context["candidates"]:
        for bound in one.form:
            value = bound.value()
            if value not in (None, False):
                data[bound.html_name] = value
    return {**data, **{f"child-{child.pk}": "1" for child in ticked}}


def test_parent_proposes_for_the_children_that_can_follow(family, officer):
    journey, (first, second, third) = family
    html = officer.get(page_url(journey.ticket)).content.decode()
    assert children_url(journey.ticket, Step.RESOLVE) in html
    assert all(child.number in html for child in (first, second, third))
    page = officer.get(children_url(journey.ticket, Step.RESOLVE))
    assert [one.ticket for one in page.context["candidates"]] == [first, second]
    assert not any(one.ticked for one in page.context["candidates"])
    assert "Kabel disambung ulang" in page.content.decode()


def test_only_what_a_person_ticked_is_done(family, officer):
    journey, (first, second, _third) = family
    url = children_url(journey.ticket, Step.RESOLVE)
    answer = officer.post(url, sent(officer, url, second), follow=True)
    assert second.number in messages_of(answer)[0]
    states = [Ticket.objects.get(pk=child.pk).state for child in (first, second)]
    assert states == [TicketStatus.RECOVERING, TicketStatus.RESOLVED]
    assert Ticket.objects.get(pk=second.pk).solution_set.get().action == "Kabel disambung ulang"


def test_nothing_ticked_does_nothing(family, officer):
    journey, children = family
    url = children_url(journey.ticket, Step.RESOLVE)
    officer.post(url, sent(officer, url))
    assert all(Ticket.objects.get(pk=child.pk).resolved_at is None for child in children)


def test_each_child_is_judged_by_the_door(family, officer, staff):
    journey, (first, second, _third) = family
    url = children_url(journey.ticket, Step.RESOLVE)
    data = sent(officer, url, first, second)
    data[f"{first.pk}-action"] = "Kata yang diketik"
    Journey(Ticket.objects.get(pk=first.pk), staff).hold_third_party()
    answer = officer.post(url, data, follow=True)
    assert Ticket.objects.get(pk=second.pk).state is TicketStatus.RESOLVED
    assert Ticket.objects.get(pk=first.pk).state is TicketStatus.WAITING_THIRD_PARTY
    assert second.number in " ".join(messages_of(answer))


def test_informing_is_worded_from_the_child_itself(family, officer):
    journey, (first, _second, _third) = family
    url = children_url(journey.ticket, Step.RESOLVE)
    officer.post(url, sent(officer, url, first))
    journey.inform()
    url = children_url(journey.ticket, Step.INFORM)
    (one,) = officer.get(url).context["candidates"]
    assert one.ticket == first
    assert first.summary in one.form["note"].value()
    officer.post(url, sent(officer, url, first))
    assert Ticket.objects.get(pk=first.pk).informed_at


def test_parent_that_has_not_come_so_far_proposes_nothing(staff, officer):
    parent, child = ticket_at(TicketStatus.RECOVERING, staff=staff), make_ticket()
    link_ticket(child.pk, parent, by=staff.teknisi)
    assert officer.get(children_url(parent, Step.RESOLVE)).status_code == 302
    for act in (Step.CLOSE, Step.MERGE, Remark.NOTE):
        assert officer.get(children_url(parent, act)).status_code == 404


def test_confidential_relatives_are_unknown_to_others(staff, officer):
    secret = {"service": make_service(is_security=True)}
    parent, child = make_ticket(**secret), make_ticket(**secret)
    link_ticket(child.pk, parent, by=staff.prakom)
    without_security_rights(staff.teknisi)
    assert officer.get(children_url(parent, Step.RESOLVE)).status_code == 404


def test_linking_names_the_parent_as_people_type_it(staff, officer):
    child, parent = make_ticket(), make_ticket()
    url = act_url(child, Remark.LINK)
    officer.post(url, filled(officer, url, number=parent.number.lower()))
    assert Ticket.objects.get(pk=child.pk).parent == parent
    url = act_url(child, Remark.UNLINK)
    officer.post(url, filled(officer, url))
    assert Ticket.objects.get(pk=child.pk).parent is None


def test_merge_is_undone_from_the_tickets_page(staff, officer):
    journey = Journey(staff=staff)
    journey.merge()
    url = act_url(journey.ticket, Step.UNMERGE)
    assert url in officer.get(page_url(journey.ticket)).content.decode()
    officer.post(url, filled(officer, url, note="Bukan duplikat."))
    assert journey.ticket.state is TicketStatus.SUBMITTED
