"""The screen of imports. Nothing is stored before "Import", and what is there already stays as it is."""

import uuid
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Opd, Service
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import permission
from helpdesk_plugin.services import imports, staging
from helpdesk_plugin.services.files import AcceptedFile, clean_name
from helpdesk_plugin.services.imports import AGENCIES, CONTACTS, SERVICES, Kind, Line, LineState
from helpdesk_plugin.services.past_files import MAX_ARCHIVE, ArchiveProblem, ArchiveRefused, in_archive
from helpdesk_plugin.services.past_tickets import PAST_TICKETS
from helpdesk_plugin.services.tables import MAX_BYTES, Row, TableRefused, read_table
from helpdesk_plugin.staff.imports import words
from helpdesk_plugin.staff.log_formatters import IMPORT_ACTION
from helpdesk_plugin.staff.views.listing import staff_media

PERMISSION = permission(Step.IMPORT)
URL_NAME = "helpdesk_import"
_SLOTS = {"file": "import", "files": "import-files"}
#: So many lines of each sort are shown.
SHOWN = 50

KINDS: dict[str, tuple[Any, Kind]] = {
    "tickets": (gettext_lazy("Tickets of the former help desk"), PAST_TICKETS),
    "agencies": (gettext_lazy("Agencies (OPD)"), AGENCIES),
    "contacts": (gettext_lazy("Contacts (PIC)"), CONTACTS),
    "services": (gettext_lazy("Services"), SERVICES),
}


class ImportForm(forms.Form):
    """Which list, which file, and where rows go whose agency or service is unknown here."""

    kind = forms.ChoiceField(label=gettext_lazy("What is imported"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        help_text=gettext_lazy("XLSX or CSV, with the names of the columns in the first line."),
    )
    files = forms.FileField(
        label=gettext_lazy("Files that the register names (ZIP)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=gettext_lazy(
            "For tickets only, at most 100 MB: PDF, JPG and PNG of at most 5 MB each, called as in column "
            "lampiran. May also come later, with the same register."
        ),
    )
    opd = forms.ModelChoiceField(
        label=gettext_lazy("Agency for tickets of unknown units"),
        queryset=Opd.objects.all(),
        required=False,
        help_text=gettext_lazy("Empty: such rows are not imported and named. For tickets only."),
    )
    service = forms.ModelChoiceField(
        label=gettext_lazy("Service for tickets of unknown categories"),
        queryset=Service.objects.all(),
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(name, KINDS[name][0]) for name in kinds]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Part it into several."))
        return file

    def clean_files(self):
        files = self.cleaned_data["files"]
        if files and files.size > MAX_ARCHIVE:
            raise forms.ValidationError(words.about_archive(ArchiveRefused(ArchiveProblem.TOO_LARGE)))
        return files

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("file") and not cleaned.get("key"):
            self.add_error("file", _("Choose a file."))
        return cleaned

    @cached_property
    def options(self) -> dict[str, Any]:
        """What the judge of rows is told besides them."""
        return {name: self.cleaned_data[name] for name in ("opd", "service")}


def _content(form: ImportForm, key: uuid.UUID, field: str) -> bytes | None:
    """What was chosen, kept under the key of the form; or what is kept from before."""
    file = form.cleaned_data[field]
    if not file:
        kept = _kept(key, field)
        return kept[0].read().content if kept else None
    staging.discard(_kept(key, field))
    content = file.read()
    accepted = AcceptedFile(clean_name(file.name or field), "application/octet-stream", content)
    staging.keep(key, _SLOTS[field], accepted)
    return content


def _kept(key: uuid.UUID, field: str) -> list[staging.Kept]:
    return [one for one in staging.kept_for(key) if one.slot == _SLOTS[field]]


@method_decorator(never_cache, name="dispatch")
class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """Choose, look, import. The file is kept for a day, so that it need not be chosen twice."""

    template_name = "helpdesk_plugin/staff/imports/import.html"
    page_title = gettext_lazy("Import")
    header_icon = "upload"
    http_method_names = ("get", "head", "post")

    def dispatch(self, request, *args, **kwargs):
        if not self.kinds:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kinds(self) -> list[str]:
        """What this officer may import."""
        return [name for name, (_label, kind) in KINDS.items() if holds(self.request.user, kind.permission)]

    def get(self, request, *args, **kwargs):
        return self._show(ImportForm(kinds=self.kinds))

    def post(self, request, *args, **kwargs):
        form = ImportForm(request.POST, request.FILES, kinds=self.kinds)
        if not form.is_valid():
            messages.validation_error(request, _("No preview yet: please correct what is marked."), form)
            return self._show(form)
        name = form.cleaned_data["kind"]
        kind, key = KINDS[name][1], form.cleaned_data["key"] or uuid.uuid4()
        try:
            content = _content(form, key, "file")
            if content is None:
                form.add_error("file", _("The file is no longer kept. Choose it once more."))
                return self._show(form)
            beside = _content(form, key, "files")
            form.options["files"] = in_archive(beside) if beside else None
            rows = read_table(content, kind.columns)
            if "store" in request.POST:
                return self._store(form, name, rows, key)
            return self._preview(form, kind, rows, key)
        except TableRefused as refused:
            form.add_error("file", words.about_file(refused))
        except ArchiveRefused as refused:
            staging.discard(_kept(key, "files"))
            form.add_error("files", words.about_archive(refused))
        return self._show(form)

    def _preview(self, form: ImportForm, kind: Kind, rows: Iterator[Row], key: uuid.UUID):
        shown: dict[LineState, list[Line]] = {state: [] for state in LineState}
        counts = dict.fromkeys(LineState, 0)
        doubts: list[str] = []
        files = 0
        for line in imports.preview(kind, rows, form.options):
            counts[line.state] += 1
            files += line.files
            if len(shown[line.state]) < SHOWN:
                shown[line.state].append(line)
            doubts += words.doubts_about(line)[: max(0, SHOWN - len(doubts))]
        return self._show(
            form,
            key=key,
            new=counts[LineState.NEW],
            there=counts[LineState.THERE],
            refused=counts[LineState.REFUSED],
            lines=list(islice(shown[LineState.NEW], 10)),
            sentences=[words.about_line(line) for line in shown[LineState.REFUSED]],
            doubts=doubts,
            files=files,
            previewed=True,
        )

    def _store(self, form: ImportForm, name: str, rows: Iterator[Row], key: uuid.UUID):
        label, kind = KINDS[name]
        tally = imports.store(kind, rows, form.options, by=self.request.user)
        log(
            self.request.user,
            IMPORT_ACTION,
            user=self.request.user,
            data={"what": name, "rows": tally.added, "files": tally.files},
        )
        told = ngettext("%(n)d row imported.", "%(n)d rows imported.", tally.added)
        messages.success(self.request, told % {"n": tally.added})
        sentences = [words.about_line(line) for line in tally.refused[:SHOWN]]
        doubts = [sentence for line in tally.doubted for sentence in words.doubts_about(line)][:SHOWN]
        shown = {"done": tally, "what": label, "sentences": sentences, "doubts": doubts}
        shown["refused"] = len(tally.refused)
        if tally.left:
            return self._show(form, key=key, **shown)
        staging.discard(staging.kept_for(key))
        return self._show(ImportForm(kinds=self.kinds), **shown)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def _show(self, form: ImportForm, **shown: Any):
        columns = [(label, ", ".join(kind.columns.known)) for label, kind in self._offered()]
        context = {"form": form, "columns": columns, "media": staff_media(), **shown}
        return self.render_to_response(self.get_context_data(**context))

    def _offered(self):
        return [KINDS[name] for name in self.kinds]
