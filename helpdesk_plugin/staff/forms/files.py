"""File questions of staff forms: a form that is refused keeps its good files, as it keeps its text."""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.services import staging
from helpdesk_plugin.services.files import (
    MAX_FILES,
    AcceptedFile,
    FileProblem,
    FileRefused,
    accept_file,
)
from helpdesk_plugin.staff.words import file_refusal

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SentFiles:
    """What a browser sent for one file question: new files, and the ids of kept ones to leave out."""

    uploads: list
    unwanted: set[str] = field(default_factory=set)


class KeptFilesInput(forms.FileInput):
    """A choice of several files, below those that are kept from the attempt before."""

    allow_multiple_selected = True
    template_name = "helpdesk_plugin/staff/widgets/files.html"

    def __init__(self):
        super().__init__(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"})
        self.kept: list[staging.Kept] = []

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return context | {"kept": self.kept, "unwanted_name": _unwanted_name(name)}

    def value_from_datadict(self, data, files, name):
        unwanted = data.getlist(_unwanted_name(name)) if hasattr(data, "getlist") else []
        uploads = files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])
        return SentFiles([upload for upload in uploads if upload], set(unwanted))

    def use_required_attribute(self, initial):
        # A kept file answers the question; the browser must not insist on another.
        return super().use_required_attribute(initial) and not self.kept


def _unwanted_name(name: str) -> str:
    return f"{name}-unwanted"


class FilesField(forms.FileField):
    """Several files, judged by name and content; cleans to a list of `AcceptedFile`."""

    widget = KeptFilesInput

    def __init__(self, **kwargs):
        hint = format_lazy(_("PDF, JPG or PNG; at most {n} files of 5 MB each."), n=MAX_FILES)
        super().__init__(**{"label": _("Files"), "required": False, "help_text": hint, **kwargs})
        self.fresh: list[AcceptedFile] = []
        self.unwanted: list[staging.Kept] = []

    def remember(self, kept: list[staging.Kept]) -> None:
        """Take up what earlier attempts have left."""
        self.widget.kept = kept

    def clean(self, data, initial=None):
        self._leave_out(data.unwanted)
        refusals = self._judge(data.uploads)
        if refusals:
            raise ValidationError(refusals)
        if self.required and not self.fresh and not self.widget.kept:
            raise ValidationError(self.error_messages["required"], code="required")
        return [*self._kept_files(), *self.fresh]

    def keep(self, form_key: uuid.UUID, slot: str) -> list[str]:
        """Keep the good files that just came; return a sentence for each that could not be kept."""
        troubles = []
        for accepted in self.fresh:
            try:
                self.widget.kept = [*self.widget.kept, staging.keep(form_key, slot, accepted)]
            except OSError:
                logger.exception("A file could not be kept.")
                told = gettext("The file %(name)s could not be kept. Choose it again when you send.")
                troubles.append(told % {"name": accepted.name})
        self.fresh = []
        staging.discard(self.unwanted)
        return troubles

    def discard(self) -> None:
        """Forget what was kept: it went with the form."""
        staging.discard([*self.widget.kept, *self.unwanted])

    def _leave_out(self, unwanted: set[str]) -> None:
        self.unwanted = [one for one in self.widget.kept if str(one.pk) in unwanted]
        self.widget.kept = [one for one in self.widget.kept if str(one.pk) not in unwanted]

    def _judge(self, uploads: list) -> list[ValidationError]:
        """Sort new files into `fresh` and refusals. A file that is kept already is the same file."""
        self.fresh, refusals = [], []
        known = {(one.name, one.row.sha256) for one in self.widget.kept}
        for upload in uploads:
            try:
                accepted = accept_file(upload)
                if (accepted.name, accepted.sha256) in known:
                    continue
                if len(self.widget.kept) + len(self.fresh) >= MAX_FILES:
                    raise FileRefused(FileProblem.TOO_MANY, accepted.name)
                self.fresh.append(accepted)
            except FileRefused as refused:
                refusals.append(ValidationError(file_refusal(refused), code=refused.problem.value))
        return refusals

    def _kept_files(self) -> Iterator[AcceptedFile]:
        for one in self.widget.kept:
            try:
                yield one.read()
            except OSError:
                self.unwanted.append(one)
                self.widget.kept = [other for other in self.widget.kept if other.pk != one.pk]
                told = gettext("The file %(name)s was lost. Choose it again.") % {"name": one.name}
                raise ValidationError(told, code="lost") from None


class KeepsFiles:
    """A form whose files outlive its refusal. It has a hidden ``key``; ``user`` is who fills it in.

    What is kept belongs to this form and this officer: the key of another's form opens nothing.
    """

    user = None

    def recall_files(self) -> None:
        """Show what earlier attempts have left; one query, and none for a form without files or fresh."""
        if not self.is_bound or self.files_key is None:
            return
        fields = dict(self.file_fields())
        kept = staging.kept_for(self.files_key) if fields else []
        for name, one in fields.items():
            one.remember([file for file in kept if file.slot == name])

    def file_fields(self) -> Iterator[tuple[str, FilesField]]:
        """The form's file questions by name."""
        return ((name, one) for name, one in self.fields.items() if isinstance(one, FilesField))

    @property
    def files_key(self) -> uuid.UUID | None:
        """Under which the files of this form are kept; None when its hidden key is damaged."""
        try:
            return uuid.uuid5(uuid.UUID(str(self["key"].data)), f"officer:{self.user.pk}")
        except ValueError:
            return None

    def keep_files(self) -> None:
        """The form was refused: keep its good files, and say which could not be kept."""
        key = self.files_key
        for name, one in self.file_fields() if key else ():
            for trouble in one.keep(key, name):
                self.add_error(name, trouble)

    def forget_files(self) -> None:
        """The form was sent: nothing needs to be kept any longer."""
        for _name, one in self.file_fields():
            one.discard()
