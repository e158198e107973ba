"""The files of one form: judged when they arrive, kept when the form cannot be sent, never lost."""

import logging
import math
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from helpdesk_plugin.models import AttachmentPurpose, LetterRule, Service
from helpdesk_plugin.portal.throttling import KEPT_FILES
from helpdesk_plugin.services import staging
from helpdesk_plugin.services.files import MAX_FILES, AcceptedFile, FileProblem, FileRefused, accept_file

logger = logging.getLogger(__name__)

_MEGABYTE = 1024 * 1024
EXTRA = "lampiran"
LETTER = "surat"


@dataclass
class Slot:
    """One file question of a form, with its answers: files kept before and files that just came."""

    name: str
    label: str
    purpose: str = AttachmentPurpose.EVIDENCE
    document: str = ""
    hint: str = ""
    required: bool = False
    missing: str = ""
    most: int = 1
    kept: list[staging.Kept] = field(default_factory=list)
    fresh: list[AcceptedFile] = field(default_factory=list)
    replaced: list[staging.Kept] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def auto_id(self) -> str:
        return f"id_{self.name}"

    @property
    def many(self) -> bool:
        return self.most > 1

    def has(self, accepted: AcceptedFile) -> bool:
        """Whether the very same file answers this question already."""
        here = {(kept.name, kept.row.sha256) for kept in self.kept}
        here |= {(fresh.name, fresh.sha256) for fresh in self.fresh}
        return (accepted.name, accepted.sha256) in here

    @property
    def described_by(self) -> str:
        """Ids of hint and error, for aria-describedby."""
        parts = [f"{self.auto_id}_helptext"] * bool(self.hint) + [f"{self.auto_id}_error"] * bool(self.errors)
        return " ".join(parts)


def slots_for(service: Service, kind: str, *, follow: bool = False) -> list[Slot]:
    """The file questions of a service: covering letter, its documents, and room for more.

    ``follow``: the files of a ticket that exists, where nothing is required any more. One query.
    """
    slots = []
    if service.letter_rule != LetterRule.NEVER:
        slots.append(_letter(needed=service.letter_required(kind) and not follow))
    slots += [_document(row, needed=row.required and not follow) for row in service.documents.all()]
    return [*slots, extra_slot()]


def extra_slot(*, label: str = "", needed: bool = False) -> Slot:
    """Room for photos and other files."""
    return Slot(
        EXTRA,
        label or _("Attachments"),
        hint=_("PDF, JPG, PNG; at most 5 MB a file, at most %(n)d files") % {"n": MAX_FILES},
        most=MAX_FILES,
        required=needed,
        missing=_("Choose at least one file."),
    )


def _letter(*, needed: bool) -> Slot:
    return Slot(
        LETTER,
        _("Covering letter"),
        AttachmentPurpose.COVER_LETTER,
        hint=_("Scan or photo of the letter signed by the head of your agency; PDF, JPG, PNG, at most 5 MB"),
        required=needed,
        missing=_("The covering letter must be attached to a service request."),
    )


def _document(row, *, needed: bool) -> Slot:
    return Slot(
        f"dokumen-{row.pk}",
        row.name,
        AttachmentPurpose.DOCUMENT,
        document=row.name,
        hint=_("PDF, JPG, PNG; at most 5 MB"),
        required=needed,
        missing=_("%(document)s must be attached.") % {"document": row.name},
    )


def slot_named(name: str) -> Slot | None:
    """The file question of this name, for a file that comes before its form.

    What the question is about and whether it is asked at all is settled when the form is sent.
    """
    if name == EXTRA:
        return extra_slot()
    if name == LETTER:
        return _letter(needed=False)
    if re.fullmatch(r"dokumen-[0-9]{1,18}", name):
        return Slot(name, "", AttachmentPurpose.DOCUMENT)
    return None


class Uploads:
    """All file questions of one form, under the form's random key."""

    def __init__(self, slots: Sequence[Slot], form_key: uuid.UUID) -> None:
        self.slots, self.form_key = list(slots), form_key
        self._by_name = {slot.name: slot for slot in slots}

    def recall(self) -> None:
        """Show what is kept from earlier attempts. One query."""
        for kept in staging.kept_for(self.form_key):
            # A question that this form does not ask (the service was changed): its file is not lost.
            slot = self._by_name.get(kept.slot) or self._by_name.get(EXTRA)
            if slot is not None:
                slot.kept.append(kept)

    def receive(self, files) -> None:
        """Judge what was sent with the form; each refusal is a sentence beside its question."""
        for slot in self.slots:
            for upload in files.getlist(slot.name):
                self._receive_one(slot, upload)

    def remove(self, pk: str) -> None:
        """Forget one kept file."""
        for slot in self.slots:
            gone = [kept for kept in slot.kept if str(kept.pk) == pk]
            staging.discard(gone)
            slot.kept = [kept for kept in slot.kept if kept not in gone]

    def is_valid(self) -> bool:
        """Whether every question has its files and none was refused."""
        for slot in self.slots:
            if slot.required and not slot.errors and not slot.kept and not slot.fresh:
                slot.errors.append(slot.missing)
        return not any(slot.errors for slot in self.slots)

    def insist(self) -> None:
        """Demand at least one file, whichever question it answers."""
        if not any(slot.kept or slot.fresh or slot.errors for slot in self.slots):
            self.slots[-1].errors.append(self.slots[-1].missing)

    def keep(self, request) -> None:
        """Keep the good files that just came, so that the next attempt need not bring them again.

        A file that cannot be kept is named beside its question; nothing else is lost with it.
        """
        for slot in self.slots:
            for accepted in slot.fresh:
                self._keep_one(request, slot, accepted)
            slot.fresh = []
            # Only now: a new file that could not be kept must not have cost the one before.
            if slot.kept:
                staging.discard(slot.replaced)
            else:
                slot.kept = slot.replaced
            slot.replaced = []

    def _keep_one(self, request, slot: Slot, accepted: AcceptedFile) -> None:
        try:
            if not KEPT_FILES.take(request).refused:
                slot.kept.append(staging.keep(self.form_key, slot.name, accepted))
                return
        except OSError:
            logger.exception("A file could not be kept.")
        slot.errors.append(
            _("The file %(name)s could not be kept. Choose it again when you send.") % {"name": accepted.name}
        )

    def accepted(self) -> list[AcceptedFile]:
        """Every file of the form, kept and new, ready for the service. Raises OSError for a lost one."""
        kept = [_as_asked(slot, one.read()) for slot in self.slots for one in slot.kept]
        return [*kept, *self._fresh()]

    def sent(self) -> None:
        """The form was sent: nothing needs to be kept any longer."""
        staging.discard([*self._kept(), *(kept for slot in self.slots for kept in slot.replaced)])

    def move_to(self, form_key: uuid.UUID) -> None:
        """Hand everything kept to another form key."""
        staging.move(self.form_key, form_key)
        self.form_key = form_key

    def _fresh(self) -> Iterable[AcceptedFile]:
        return [accepted for slot in self.slots for accepted in slot.fresh]

    def _kept(self) -> Iterable[staging.Kept]:
        return [kept for slot in self.slots for kept in slot.kept]

    def _receive_one(self, slot: Slot, upload) -> None:
        try:
            accepted = accept_file(upload, purpose=slot.purpose, label=slot.document)
            if slot.has(accepted):
                # Kept while the answer to that got lost, and sent once more.
                return
            if slot.many and len(slot.kept) + len(slot.fresh) >= slot.most:
                raise FileRefused(FileProblem.TOO_MANY, accepted.name)
        except FileRefused as refused:
            slot.errors.append(refusal(refused))
            return
        if slot.many:
            slot.fresh.append(accepted)
            return
        # One answer to one question: the new file takes the place of the one before.
        slot.replaced, slot.kept, slot.fresh = [*slot.replaced, *slot.kept], [], [accepted]


def _as_asked(slot: Slot, accepted: AcceptedFile) -> AcceptedFile:
    return AcceptedFile(accepted.name, accepted.content_type, accepted.content, slot.purpose, slot.document)


def refusal(refused: FileRefused) -> str:
    """Why a file was refused and what to do about it."""
    name = refused.name
    if refused.problem is FileProblem.TOO_LARGE:
        return _(
            "The file %(name)s has %(size)s MB. The limit is 5 MB. Make it smaller or take another photo."
        ) % {
            "name": name,
            # Rounded up, so that nobody reads that 5,0 is more than 5.
            "size": number_format(math.ceil(refused.size / _MEGABYTE * 10) / 10, 1),
        }
    if refused.problem is FileProblem.EMPTY:
        return _("The file %(name)s is empty. Choose another one.") % {"name": name}
    if refused.problem is FileProblem.TOO_MANY:
        return _("The file %(name)s was not taken: at most %(n)d files at a time.") % {
            "name": name,
            "n": MAX_FILES,
        }
    if refused.problem is FileProblem.BROKEN:
        return _("The picture %(name)s is damaged or not complete. Take it again or send it as PDF.") % {
            "name": name
        }
    if refused.problem is FileProblem.TOO_MANY_PIXELS:
        return _("The picture %(name)s has too many pixels. Make it smaller and send it again.") % {
            "name": name
        }
    if refused.problem is FileProblem.INFECTED:
        return _(
            "The file %(name)s was refused: the virus scanner found something in it. Have the computer that "
            "it comes from examined, and call us if you need help with that."
        ) % {"name": name}
    if refused.problem is FileProblem.UNCHECKED:
        return _(
            "The file %(name)s was not taken, because files cannot be checked for viruses at the moment. "
            "What you typed is kept: try again in a few minutes, or send the file later."
        ) % {"name": name}
    return _("The file %(name)s was refused. Files must be PDF, JPG or PNG.") % {"name": name}
