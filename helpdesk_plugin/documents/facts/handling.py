"""Berita acara penanganan gangguan (S7): both sides put their names to what was found and done."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from helpdesk_plugin.documents.people import Signatories, Signature
from helpdesk_plugin.documents.sketch import Sketch, Slip, sketch
from helpdesk_plugin.domain.indonesia import decimal_comma, format_nip
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import Attachment, PartUsed, Solution, Ticket, TicketEvent
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services import images

logger = logging.getLogger(__name__)

MOST_PHOTOS = 4
#: Acts whose photos show the handling rather than the complaint.
_SHOWING = (Step.DIAGNOSE.value, Step.RESOLVE.value, Remark.PROGRESS.value, Remark.ATTACH.value)
_FRAME = (1200, 900)
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    """A device or part that was replaced. What is not known stays empty and is filled in by hand."""

    name: str
    brand: str = ""
    serial: str = ""
    condition: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Photo:
    """A photo by its name as an asset, and what is said below it."""

    asset: str
    caption: str


def facts_of(ticket: Ticket, slip: Slip) -> Sketch:
    """The latest recovery with its diagnosis. Raises Solution.DoesNotExist before S7."""
    solution = ticket.solution_set.select_related("event", "by").latest("at", "id")
    diagnosis = ticket.diagnosis_set.filter(at__lte=solution.at).order_by("at", "id").last()
    examined = _last(ticket, Step.EXAMINE, Step.EXAMINE_LATE)
    nip = ticket.requester_nip if holds(slip.by, "helpdesk_plugin.view_nip_ticket") else ""
    people = Signatories([solution.by, examined.by if examined else None])
    pictures, photos = _photos(ticket)
    context = {
        "ticket": ticket,
        "solution": solution,
        "diagnosis": diagnosis,
        "disposition": ticket.dispositions.order_by("at", "id").last(),
        "parts": parts_of(ticket, solution),
        "began": solution.started_at or _began(ticket, solution),
        "ended": solution.finished_at or solution.at,
        "took": _took(solution.started_at or _began(ticket, solution), solution.finished_at or solution.at),
        "photos": photos,
        "first": people.of_event(solution.event, heading="Pihak Pertama"),
        "second": Signature(
            heading="Pihak Kedua",
            name=ticket.requester_name,
            nip=format_nip(nip),
            unit=ticket.opd.name,
        ),
        "knows": people.of_event(examined, heading="Mengetahui"),
    }
    return sketch(slip, ticket.number, context, pictures=pictures, holds_nip=bool(nip))


def parts_of(ticket: Ticket, solution: Solution) -> list[Part]:
    """What was replaced: parts of the work log since the recovery before, then what the solution names."""
    earlier = ticket.solution_set.filter(at__lt=solution.at).order_by("at", "id").last()
    used = PartUsed.objects.filter(work__ticket=ticket, work__at__gt=earlier.at if earlier else _EVER)
    logged = [
        Part(
            part.name,
            part.brand,
            part.serial,
            str(part.get_condition_display()),
            f"{decimal_comma(part.amount.normalize())} {part.get_unit_display()}",
        )
        for part in used.order_by("work__at", "id")
    ]
    return [*logged, *(Part(line.strip()) for line in solution.parts.splitlines() if line.strip())]


def _last(ticket: Ticket, *acts: Step) -> TicketEvent | None:
    found = ticket.events.filter(act__in=[act.value for act in acts])
    return found.select_related("by").order_by("at", "id").last()


def _began(ticket: Ticket, solution: Solution) -> datetime:
    """When work on this recovery began, where nobody noted it: with its diagnosis, else with its filing."""
    verified = ticket.events.filter(act__in=[Step.VERIFY.value, Step.REOPEN.value], at__lte=solution.at)
    found = verified.order_by("at", "id").last()
    return found.at if found else ticket.submitted_at


def _took(began: datetime, ended: datetime) -> timedelta | None:
    return ended - began if ended >= began else None


def _photos(ticket: Ticket) -> tuple[dict[str, tuple[bytes, str]], list[Photo]]:
    """The newest photos of the handling, small enough to print. A lost or broken one is left out."""
    shown = Attachment.objects.filter(
        ticket=ticket,
        event__party=Party.STAFF.value,
        event__act__in=_SHOWING,
        content_type__in=images.FORMATS,
    )
    pictures, photos = {}, []
    for attachment in reversed(shown.order_by("-id")[:MOST_PHOTOS]):
        try:
            with attachment.file.open("rb") as stored:
                small = images.thumbnail(stored.read(), attachment.content_type, frame=_FRAME)
        except (OSError, images.PictureRefused):
            logger.warning("A photo of %s cannot be read; the document goes without it.", ticket.number)
            continue
        photo = Photo(f"photo-{len(photos) + 1}", attachment.name)
        pictures[photo.asset] = (small, images.JPEG)
        photos.append(photo)
    return pictures, photos
