"""Choosing who works on a ticket: the team that looks after it first, each officer with their open load."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from helpdesk_plugin import clock, labels
from helpdesk_plugin.cleaning import SeveralRows
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Assignment, Team, Ticket
from helpdesk_plugin.people import name_fields, name_of
from helpdesk_plugin.permissions import officers_who_may
from helpdesk_plugin.staff.forms.base import StepForm
from helpdesk_plugin.staff.forms.fields import paragraphs

_WORKERS = (Role.COMPUTER_OFFICER, Role.TECHNICAL_SUPPORT)


def workers_for(tickets: Sequence[Ticket]):
    """Officers whom these tickets can be given to: computer officers and technicians who may see them."""
    found = get_user_model().objects.filter(
        is_active=True, groups__helpdesk_role__role__in=[role.value for role in _WORKERS]
    )
    if any(ticket.security_flag for ticket in tickets):
        found = found.filter(pk__in=officers_who_may(Step.DIAGNOSE, security=True).values("pk"))
    return found.distinct().order_by(*name_fields())


class Roster:
    """Whom tickets can be given to, as ``viewer`` may know it. Seven queries, however many there are."""

    def __init__(self, tickets: Sequence[Ticket], viewer: Any) -> None:
        self.tickets, self.viewer = tickets, viewer
        self.queryset = workers_for(tickets)

    @cached_property
    def officers(self) -> list:
        return list(self.queryset.prefetch_related("groups__helpdesk_role"))

    @cached_property
    def loads(self) -> dict[int, tuple[int, int]]:
        """Open tickets that each officer leads and how many are late, of those that the viewer may see."""
        visible = Ticket.objects.visible_to(self.viewer)
        return visible.loads([officer.pk for officer in self.officers], clock.now())

    @cached_property
    def choices(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The officers in groups: each team that looks after the tickets, then the others. Nobody twice."""
        groups, placed = [], set()
        for team in self._teams:
            members = {member.pk for member in team.members.all()} - placed
            here = [officer for officer in self.officers if officer.pk in members]
            placed |= members
            if here:
                name = _("%(team)s (looks after this service)") % {"team": team.name}
                groups.append((name, [self._choice(officer) for officer in here]))
        rest = [self._choice(officer) for officer in self.officers if officer.pk not in placed]
        return [*groups, (_("Other officers") if groups else _("Officers"), rest)] if rest else groups

    @property
    def _teams(self) -> Iterator[Team]:
        teams = Team.objects.filter(active=True).prefetch_related("services", "members")
        return (team for team in teams if any(team.looks_after(ticket) for ticket in self.tickets))

    def _choice(self, officer) -> tuple[int, str]:
        return officer.pk, f"{name_of(officer)} ({_offices_of(officer)}) · {self._load_of(officer)}"

    def _load_of(self, officer) -> str:
        number, late = self.loads.get(officer.pk, (0, 0))
        if not number:
            return _("nothing open")
        said = ngettext("%(n)d open", "%(n)d open", number) % {"n": number}
        return _("%(open)s, %(late)d late") % {"open": said, "late": late} if late else said


def _offices_of(officer) -> str:
    links = [getattr(group, "helpdesk_role", None) for group in officer.groups.all()]
    roles = {Role(link.role) for link in links if link}
    return ", ".join(str(labels.ROLE[role]) for role in _WORKERS if role in roles)


class OfficersMixin(forms.Form):
    """One who leads, others who may help."""

    lead = forms.ModelChoiceField(None, label=gettext_lazy("Who leads?"))
    helpers = SeveralRows(
        None, label=gettext_lazy("Who helps?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, roster: Roster) -> None:
        """Let the form's two fields choose among these officers."""
        lead, helpers = self.fields["lead"], self.fields["helpers"]
        lead.queryset = helpers.queryset = roster.queryset
        lead.choices = [("", _("Choose an officer")), *roster.choices]
        helpers.choices = roster.choices

    @property
    def officers(self) -> list:
        """The officers chosen, the leading one first, nobody twice."""
        lead = self.cleaned_data["lead"]
        return [lead, *[helper for helper in self.cleaned_data["helpers"] if helper != lead]]


class HandOverForm(OfficersMixin, StepForm):
    """To whom, and why."""

    note = paragraphs(gettext_lazy("Why is it handed over?"))

    def suggestions(self, ticket):
        self.on_it = Assignment.objects.on_ticket(ticket)
        return {"helpers": [one.officer_id for one in self.on_it if not one.leads]}

    def prepare(self):
        self.offer(Roster([self.ticket], self.user))
        if self.ticket.assignee:
            now = _("Now led by %(name)s.") % {"name": name_of(self.ticket.assignee)}
            self.fields["lead"].help_text = now


class TakeForm(StepForm):
    """Nothing to fill in: who takes a ticket leads it."""
