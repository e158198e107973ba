"""Test data. Tickets come about as in life: through the services, step by step."""

import io
import itertools
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import SOP_STAFF_ROLES, STAFF_ROLES, Party, Role
from helpdesk_plugin.domain.priorities import DEFAULT_MATRIX, Impact, Urgency
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import SOP_ORDER
from helpdesk_plugin.groups import ensure_group
from helpdesk_plugin.labels import SOP_STEP
from helpdesk_plugin.models import (
    AgencyProfile,
    Category,
    Opd,
    PriorityRule,
    PriorityTarget,
    RoleGroup,
    Service,
    SopVersion,
    StepStandard,
    Team,
    Ticket,
    TicketKind,
    Verdict,
    WorkingRegime,
    WorkingWindow,
)
from helpdesk_plugin.services import closure, disposition, handling, intake, submission
from helpdesk_plugin.services.files import accept_file

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
#: A Monday morning inside working hours: 09.00 WIB.
MONDAY_9 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

_numbers = itertools.count(1)


@contextmanager
def put_back():
    """Undo what happens inside, so that the cases of a table may share one world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_user(role: Role | None = None, username: str | None = None, **fields):
    """A user, in the group of ``role`` if one is given."""
    n = next(_numbers)
    username = username or f"user{n}"
    fields = {
        "email": f"{username}@example.test",
        "first_name": "Petugas",
        "last_name": f"Contoh{n}",
        **fields,
    }
    user = get_user_model().objects.create_user(username, password="sandi-uji", **fields)
    if role is not None:
        ensure_group(role)
        user.groups.add(RoleGroup.objects.get(role=role.value).group)
    return user


def without_security_rights(user) -> None:
    """Take the right to see security matters from the groups of a user, for a narrower circle."""
    for group in user.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="view_security_ticket"))
    for kept in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        user.__dict__.pop(kept, None)


class Staff:
    """One officer for each office of the agency, made when first asked for."""

    def __init__(self):
        self._made = {}

    def __getitem__(self, role: Role):
        if role not in self._made:
            self._made[role] = make_user(role, username=f"{role.value}{next(_numbers)}")
        return self._made[role]

    @property
    def kadis(self):
        return self[Role.HEAD_OF_AGENCY]

    @property
    def kabid(self):
        return self[Role.DIVISION_HEAD]

    @property
    def prakom(self):
        return self[Role.COMPUTER_OFFICER]

    @property
    def teknisi(self):
        return self[Role.TECHNICAL_SUPPORT]

    def everyone(self):
        return {role: self[role] for role in STAFF_ROLES}

    def performers(self):
        return {role: self[role] for role in SOP_STAFF_ROLES}


def make_agency(**fields) -> AgencyProfile:
    """An agency that introduces itself; its names have what headers and letters stumble over."""
    profile = AgencyProfile.load()
    said = {
        "government": "Pemerintah Kabupaten Contoh",
        "name": "Dinas Komunikasi, Informatika, dan Statistik",
        "short_name": "Diskominfo",
        "address": "Jalan Contoh 1\nKasongan",
        "phone": "(0536) 555-0100",
        "whatsapp": "0812-0000-0000",
        "email": "dinas@example.go.id",
        "opening_hours": "Senin–Kamis 07.30–16.00 WIB",
    }
    for name, value in (said | fields).items():
        setattr(profile, name, value)
    profile.save()
    return profile


def make_opd(**fields) -> Opd:
    n = next(_numbers)
    return Opd.objects.create(
        **{"code": f"OPD-{n}", "name": f"Dinas Contoh {n}", "short_name": f"Discontoh {n}", **fields}
    )


def make_service(**fields) -> Service:
    n = next(_numbers)
    return Service.objects.create(
        **{
            "code": f"SVC-{n}",
            "name": f"Layanan contoh {n}",
            "category": Category.INFRASTRUCTURE,
            "default_impact": Impact.MEDIUM.value,
            "default_urgency": Urgency.MEDIUM.value,
            **fields,
        }
    )


def make_team(*members, services=(), **fields) -> Team:
    """A team of these officers that looks after these services, or after the group in ``fields``."""
    team = Team.objects.create(**{"name": f"Tim contoh {next(_numbers)}", **fields})
    team.members.set(members)
    team.services.set(services)
    return team


def make_hours() -> WorkingRegime:
    """The agency's ordinary hours: 450 working minutes on every weekday."""
    regime, made = WorkingRegime.objects.get_or_create(name="Biasa")
    if made:
        windows = []
        for day in range(5):
            lunch, back, end = (
                (time(11, 30), time(13), time(16, 30)) if day == 4 else (time(12), time(13), time(16))
            )
            windows.append(WorkingWindow(regime=regime, weekday=day, opens=time(7, 30), closes=lunch))
            windows.append(WorkingWindow(regime=regime, weekday=day, opens=back, closes=end))
        WorkingWindow.objects.bulk_create(windows)
    return regime


def make_targets() -> None:
    """The proposed matrix and targets where there are none; in bulk, because nearly every test needs them."""
    rules = [
        PriorityRule(impact=impact.value, urgency=urgency.value, priority=priority.value)
        for (impact, urgency), priority in DEFAULT_MATRIX.items()
    ]
    PriorityRule.objects.bulk_create(rules, ignore_conflicts=True)
    rows = {1: (15, 30, 240), 2: (30, 60, 450), 3: (120, 225, 1350), 4: (450, 450, 2250)}
    targets = [
        PriorityTarget(
            priority=priority,
            response_minutes=response,
            assignment_minutes=assignment,
            recovery_minutes=recovery,
        )
        for priority, (response, assignment, recovery) in rows.items()
    ]
    PriorityTarget.objects.bulk_create(targets, ignore_conflicts=True)


def make_sop(number: int = 1, **fields) -> SopVersion:
    """An SOP version with a standard of 30 working minutes for every step but recovery."""
    version, made = SopVersion.objects.get_or_create(
        number=number,
        defaults={"title": "Pengajuan Penanganan Gangguan TIK", "in_force_from": date(2024, 4, 1), **fields},
    )
    roles = dict(zip(SOP_ORDER, _SOP_ROLES, strict=True))
    # In bulk, as setup writes them: a version in force takes no further step.
    StepStandard.objects.bulk_create(
        _standard(version, code, position, roles[code])
        for position, code in enumerate(SOP_ORDER if made else ())
    )
    return version


def _standard(version: SopVersion, code: str, position: int, role: Role) -> StepStandard:
    minutes = None if code in {"S7", "S10"} else 30
    return StepStandard(
        version=version,
        code=code,
        position=position,
        name=str(SOP_STEP[code]),
        activity=str(SOP_STEP[code]),
        role=role.value,
        **{f"minutes_p{n}": minutes for n in (1, 2, 3, 4)},
    )


_SOP_ROLES = (
    Role.REQUESTER,
    Role.TECHNICAL_SUPPORT,
    Role.TECHNICAL_SUPPORT,
    Role.HEAD_OF_AGENCY,
    Role.DIVISION_HEAD,
    Role.COMPUTER_OFFICER,
    Role.COMPUTER_OFFICER,
    Role.COMPUTER_OFFICER,
    Role.TECHNICAL_SUPPORT,
    Role.COMPUTER_OFFICER,
    Role.REQUESTER,
)


def make_agency_data() -> None:
    """What every ticket leans on: hours, targets, SOP."""
    make_hours()
    make_targets()
    make_sop()


def upload(name: str = "surat.pdf", content: bytes = PDF, content_type: str = "application/pdf"):
    return SimpleUploadedFile(name, content, content_type)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options) -> bytes:
    """A real picture, blue; ``options`` go to Pillow's writer."""
    stream = io.BytesIO()
    Image.new(mode, size, "blue" if mode in {"RGB", "RGBA", "P"} else None).save(stream, kind, **options)
    return stream.getvalue()


def accepted(name: str = "surat.pdf", **fields):
    return accept_file(upload(name), **fields)


def accepted_picture(name: str = "foto.jpg", kind: str = "JPEG", size: tuple[int, int] = (40, 30)):
    return accept_file(upload(name, picture(kind, size)))


def filing(**fields) -> submission.Filing:
    """What a requester says, with everything sensible unless told otherwise."""
    return submission.Filing(
        **{
            "kind": TicketKind.INCIDENT,
            "service": fields.get("service") or make_service(),
            "opd": fields.get("opd") or make_opd(),
            "requester_name": "Sari Melati",
            "requester_unit": "Bidang Anggaran, lantai 2",
            "requester_phone": "+6281234567890",
            "requester_email": "sari.melati@example.test",
            "summary": "Internet kantor mati sejak pagi",
            "description": "Lampu modem merah. Sudah dicoba dinyalakan ulang.",
            "privacy_version": 1,
            **fields,
        }
    )


def make_ticket(*, by=Party.REQUESTER, files=(), key=None, at: datetime | None = None, **fields) -> Ticket:
    """A newly submitted ticket."""
    with acting_at(at or timezone.now()):
        return submission.submit_ticket(filing(**fields), by=by, files=files, key=key)


class Journey:
    """Takes a ticket along the SOP, ten minutes a step, as the officers would; ends before now."""

    def __init__(self, ticket: Ticket | None = None, staff: Staff | None = None, **fields):
        self.staff = staff or Staff()
        self.at = fields.pop("at", None) or timezone.now() - timedelta(hours=3)
        self.id = (ticket or make_ticket(at=self.at, **fields)).pk

    @property
    def ticket(self) -> Ticket:
        return Ticket.objects.get(pk=self.id)

    def to(self, status: TicketStatus) -> Ticket:
        """Take every step up to ``status`` and return the ticket."""
        for step in _PATHS[status]:
            self.at += timedelta(minutes=10)
            with acting_at(self.at):
                getattr(self, step)()
        return self.ticket

    def triage(self):
        ticket = self.ticket
        decision = intake.Triage(ticket.kind, ticket.service, Impact.MEDIUM, Urgency.HIGH)
        intake.triage_ticket(self.id, decision, by=self.staff.teknisi)

    def send_back(self):
        intake.return_ticket(self.id, by=self.staff.teknisi, note="Mohon sebutkan nomor ruangan.")

    def reject(self):
        intake.reject_ticket(self.id, by=self.staff.teknisi, note="Bukan layanan dinas.")

    def merge(self):
        other = make_ticket(summary="Induk gangguan")
        intake.merge_ticket(self.id, other, by=self.staff.teknisi)

    def dispose(self):
        disposition.dispose_ticket(self.id, disposition.Order(), by=self.staff.kadis, note="Tindak lanjuti.")

    def examine(self):
        disposition.examine_ticket(
            self.id, by=self.staff.kabid, officers=[self.staff.prakom, self.staff.teknisi]
        )

    def verify(self):
        handling.verify_ticket(self.id, Verdict.INFRASTRUCTURE, by=self.staff.prakom)

    def diagnose(self):
        finding = handling.Finding(
            symptoms="Lampu LOS merah", checks="Kabel diuji", cause="Kabel serat putus"
        )
        handling.diagnose_ticket(self.id, finding, by=self.staff.prakom)

    def hold_requester(self):
        handling.hold_for_requester(self.id, by=self.staff.prakom, note="Kapan petugas boleh datang?")

    def hold_third_party(self):
        handling.hold_for_third_party(self.id, by=self.staff.prakom, note="Menunggu penyedia internet.")

    def resolve(self):
        recovery = handling.Recovery(action="Kabel disambung ulang", parts="Konektor SC")
        handling.resolve_ticket(self.id, recovery, by=self.staff.prakom)

    def inform(self):
        closure.inform_ticket(self.id, by=self.staff.teknisi, note="Internet kantor Anda sudah pulih.")

    def confirm(self):
        closure.confirm_ticket(self.id, by=Party.REQUESTER)

    def close(self):
        closure.close_ticket(self.id, by=self.staff.prakom)

    def reopen(self):
        closure.reopen_ticket(self.id, by=Party.REQUESTER, note="Mati lagi.")

    def cancel(self):
        closure.cancel_ticket(self.id)


_DONE = ["triage", "dispose", "examine", "verify", "diagnose", "resolve"]
_CLOSED = [*_DONE, "inform", "confirm", "close"]
_PATHS: dict[TicketStatus, list[str]] = {
    TicketStatus.SUBMITTED: [],
    TicketStatus.RETURNED: ["send_back"],
    TicketStatus.TRIAGED: _DONE[:1],
    TicketStatus.DISPOSED: _DONE[:2],
    TicketStatus.ASSIGNED: _DONE[:3],
    TicketStatus.DIAGNOSING: _DONE[:4],
    TicketStatus.RECOVERING: _DONE[:5],
    TicketStatus.WAITING_REQUESTER: [*_DONE[:4], "hold_requester"],
    TicketStatus.WAITING_THIRD_PARTY: [*_DONE[:4], "hold_third_party"],
    TicketStatus.RESOLVED: _DONE,
    TicketStatus.CLOSED: _CLOSED,
    TicketStatus.REOPENED: [*_CLOSED, "reopen"],
    TicketStatus.REJECTED: ["reject"],
    TicketStatus.CANCELLED: ["cancel"],
    TicketStatus.MERGED: ["merge"],
}


def ticket_at(status: TicketStatus, *, staff: Staff | None = None, **fields) -> Ticket:
    """A ticket that has travelled to ``status``."""
    return Journey(staff=staff, **fields).to(status)


def make_notice(*, services=(), opds=(), published=True, author=None, **fields):
    """A status notice; published as an editor would unless ``published`` is false.

    ``services`` are services or pairs of a service and its state. Without ``starts_at`` it began an hour ago.
    """
    from helpdesk_plugin.models import AffectedService, StatusNotice

    n = next(_numbers)
    notice = StatusNotice(
        live=False,
        author=author,
        all_opds=not opds,
        **{
            "title": f"Gangguan contoh {n}",
            "summary": "<p>Jaringan terputus.</p>",
            "starts_at": timezone.now() - timedelta(hours=1),
            **fields,
        },
    )
    for row in services:
        service, state = row if isinstance(row, tuple) else (row, "major")
        notice.affected_services.add(AffectedService(service=service, state=state))
    notice.opds.set(opds)
    notice.save()
    if published:
        notice.save_revision(user=author).publish(user=author, skip_permission_checks=True)
        notice.refresh_from_db()
    return notice
