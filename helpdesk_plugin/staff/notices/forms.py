"""What is asked about a notice: facts, the words of an update, an emergency, which tickets to answer."""

import uuid
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminDateTimeInput

from helpdesk_plugin import clock, labels
from helpdesk_plugin.cleaning import SeveralRows
from helpdesk_plugin.domain.notices import (
    NoticeKind,
    NoticePhase,
    ServiceState,
    problem_with_dates,
)
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.models import NoticeTemplate, Opd, Service, StatusNotice
from helpdesk_plugin.models.editing import ChoosersForm
from helpdesk_plugin.models.notices import DATES
from helpdesk_plugin.services.notice_drafts import Facts
from helpdesk_plugin.services.notice_emergency import emergency_priorities
from helpdesk_plugin.services.notice_links import LIMIT
from helpdesk_plugin.services.notice_updates import Words, phases_open
from helpdesk_plugin.staff.forms.fields import paragraphs, radios
from helpdesk_plugin.staff.rich_text import AnyTextConverter


class EditorsForm(ChoosersForm):
    """What Wagtail's own fields lack: a name for each rich text editor, and an answer to whatever is sent."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, DraftailRichTextArea):
                # For whoever hears the form; Wagtail's editor has none.
                field.widget.options = {**field.widget.options, "ariaLabel": str(field.label)}
                field.widget.converter = AnyTextConverter(field.widget.features)


class NoticeForm(EditorsForm):
    """The words of a notice. Kind and phase are chosen until it is public; afterwards updates move it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.first_published_at:
            for name in ("kind", "phase"):
                self.fields.pop(name, None)

    def clean(self):
        cleaned = super().clean()
        services = self.formsets.get("affected_services")
        if services is not None and services.is_valid():
            self._refuse_twice(services)
        if not cleaned.get("all_opds") and not cleaned.get("opds") and not self._is_draft:
            self.add_error("opds", _("Choose the agencies concerned, or tick that it concerns every agency."))
        return cleaned

    def _refuse_twice(self, services) -> None:
        named = [
            row.cleaned_data["service"]
            for row in services.forms
            if row.cleaned_data and not row.cleaned_data.get("DELETE") and row.cleaned_data.get("service")
        ]
        if any(service.is_security for service in named):
            self.add_error(None, _("Services of information security are not announced in public."))
        if len(named) != len(set(named)):
            self.add_error(None, _("A service is named twice. Give each service one state."))

    @property
    def _is_draft(self) -> bool:
        """Whether this is saved as a draft only, which may be incomplete."""
        return not ({"action-publish", "action-submit"} & set(self.data))


class _EventForm(forms.Form):
    """The facts of an event that officers state."""

    services = SeveralRows(
        Service.objects.none(),
        label=_("Affected services"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "hd-checks"}),
    )
    opds = SeveralRows(
        Opd.objects.none(),
        label=_("Agencies (OPD) concerned"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "hd-checks"}),
        help_text=_("Leave empty if it concerns every agency."),
    )
    starts_at = forms.DateTimeField(label=_("Since when, or from when"), widget=AdminDateTimeInput)
    expected_end = forms.DateTimeField(label=_("Expected end"), required=False, widget=AdminDateTimeInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = Service.objects.offered().exclude(is_security=True)
        self.fields["opds"].queryset = Opd.objects.offered()
        self.initial.setdefault("starts_at", clock.now())

    def check_dates(self, kind: NoticeKind) -> None:
        given = self.cleaned_data
        problem = problem_with_dates(kind, given.get("starts_at"), given.get("expected_end"))
        if problem and not {"starts_at", "expected_end"} & set(self.errors):
            self.add_error("expected_end", DATES[problem])

    def facts(self, kind: NoticeKind, state: ServiceState, words: str = "") -> Facts:
        given = self.cleaned_data
        return Facts(
            kind=kind,
            services=[(service, state) for service in given["services"]],
            starts_at=given["starts_at"],
            opds=list(given["opds"]),
            expected_end=given["expected_end"],
            words=words,
        )


class FactsForm(_EventForm):
    """What an officer knows; an editor makes a notice of it."""

    kind = radios(
        _("Kind of notice"), labels.choices(labels.NOTICE_KIND), initial=NoticeKind.DISRUPTION.value
    )
    state = radios(
        _("How are these services?"),
        labels.choices(labels.SERVICE_STATE),
        initial=ServiceState.MAJOR.value,
    )
    template = forms.ModelChoiceField(
        NoticeTemplate.objects.none(),
        label=_("Wording"),
        required=False,
        empty_label=_("Without a wording"),
        help_text=_("A ready wording for the editor to begin with."),
    )
    words = paragraphs(
        _("What is known, for the editor"),
        rows=4,
        required=False,
        help_text=_("Only editors and officers read this. It is not published."),
    )

    field_order = ("kind", "template", "services", "state", "opds", "starts_at", "expected_end", "words")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = NoticeTemplate.objects.offered()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind"):
            self.check_dates(NoticeKind(cleaned["kind"]))
        return cleaned

    @property
    def stated(self) -> Facts:
        given = self.cleaned_data
        return self.facts(NoticeKind(given["kind"]), ServiceState(given["state"]), given["words"])


class EmergencyForm(_EventForm):
    """A preset wording, where and since when: nothing else is said on this line, so nothing is typed."""

    template = forms.ModelChoiceField(
        NoticeTemplate.objects.none(), label=_("Preset wording"), empty_label=None, widget=forms.RadioSelect
    )
    priority = radios(_("Priority of the event"), ())

    field_order = ("template", "priority", "services", "opds", "starts_at", "expected_end")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = NoticeTemplate.objects.offered(emergency=True)
        self.fields["priority"].choices = [(p.value, labels.PRIORITY[p]) for p in emergency_priorities()]
        self.initial.setdefault("priority", Priority.P1.value)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("template"):
            self.check_dates(NoticeKind(cleaned["template"].kind))
        return cleaned

    @property
    def stated(self) -> Facts:
        template = self.cleaned_data["template"]
        return self.facts(NoticeKind(template.kind), ServiceState(template.state))

    @property
    def priority_stated(self) -> Priority:
        return Priority(int(self.cleaned_data["priority"]))


class UpdateForm(forms.Form):
    """What is new. Published at once, at a time, or left as a draft for whoever may publish."""

    phase = radios(_("Phase"), (), required=False)
    words = paragraphs(_("What is new?"), rows=4)
    words_en = paragraphs(_("The same in English"), rows=3, required=False)
    notify = forms.BooleanField(label=_("Tell subscribers"), required=False, initial=True)
    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Empty: at once. Times are the agency's."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, notice: StatusNotice, now: datetime, publishes: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        phases = phases_open(notice, now)
        stays = notice.phase if NoticePhase(notice.phase or "investigating") in phases else ""
        offered = [(phase.value, labels.NOTICE_PHASE[phase]) for phase in phases]
        if notice.kind == NoticeKind.MAINTENANCE:
            offered = [("", _("No change")), *offered]
        self.fields["phase"].choices = offered
        self.initial.setdefault("phase", stays)
        if not offered or not phases:
            del self.fields["phase"]
        if not publishes:
            del self.fields["publish_at"]

    def clean_publish_at(self):
        at = self.cleaned_data["publish_at"]
        if at and at <= clock.now():
            raise forms.ValidationError(_("This time has passed. Leave it empty to publish at once."))
        return at

    @property
    def said(self) -> Words:
        given = self.cleaned_data
        phase = given.get("phase")
        return Words(
            words=given["words"],
            words_en=given["words_en"],
            phase=NoticePhase(phase) if phase else None,
            notify=given["notify"],
        )


class TicketsField(SeveralRows):
    """Ticked tickets among those that this officer is shown."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        if isinstance(value, list | tuple) and len(value) > LIMIT:
            raise forms.ValidationError(
                _("At most %(n)d tickets at once."), params={"n": LIMIT}, code="too_many"
            )
        return super().clean(value)


class AnswerForm(forms.Form):
    """Which linked tickets are answered with the words of an update."""

    tickets = TicketsField(None, error_messages={"required": _("Tick at least one ticket.")})

    def __init__(self, *args, tickets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tickets"].queryset = tickets


class ResolveForm(AnswerForm):
    """How the event was handled, once for all ticked tickets."""

    cause = paragraphs(
        _("Cause"), help_text=_("For the diagnosis (S6) of tickets that have none yet. Internal.")
    )
    action = paragraphs(_("What was done"), help_text=_("For the record of recovery (S7). Internal."))
    told = paragraphs(
        _("What the requesters are told"),
        help_text=_("Informs each agency (S8). Each is asked to confirm."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
