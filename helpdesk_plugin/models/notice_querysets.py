"""What may be asked of status notices: what is public, going on, planned, over, and whom it touches."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from helpdesk_plugin.domain import notices as rules
from helpdesk_plugin.domain.notices import NoticeKind, ServiceState
from helpdesk_plugin.models.notice_parts import AffectedService, NoticeUpdate

_ENDED = [phase.value for phase in sorted(rules.ENDED)]


class StatusNoticeQuerySet(models.QuerySet):
    """Every question takes the moment at which it is asked (aware), so that a late worker leaks nothing."""

    def public(self, now: datetime):
        """What anybody may read: published and not withdrawn. Expired notices stay readable.

        One that names a service of information security is public nowhere, whoever published it.
        """
        of_this = AffectedService.objects.filter(notice=models.OuterRef("pk"))
        secret = models.Exists(of_this.filter(service__is_security=True))
        published = Q(live=True) | Q(expired=True)
        begun = Q(go_live_at=None) | Q(go_live_at__lte=now) | Q(expired=True)
        return self.filter(published, begun, ~secret, first_published_at__lte=now)

    def showing(self, now: datetime):
        """Public notices that have not expired: what page and banner may speak of as going on or to come."""
        return self.public(now).filter(Q(expire_at=None) | Q(expire_at__gt=now), live=True)

    def current(self, now: datetime):
        """What is going on: begun, not over, not expired. An announcement is until its expected end."""
        disruption = Q(kind=NoticeKind.DISRUPTION)
        until_end = ~disruption & (Q(expected_end=None) | Q(expected_end__gt=now))
        going_on = self.showing(now).filter(disruption | until_end, starts_at__lte=now, ended_at=None)
        return going_on.exclude(phase__in=_ENDED).order_by("-starts_at", "-pk")

    def planned(self, now: datetime):
        """Maintenance to come, the soonest first."""
        coming = self.showing(now).filter(kind=NoticeKind.MAINTENANCE, starts_at__gt=now, ended_at=None)
        return coming.exclude(phase__in=_ENDED).order_by("starts_at", "pk")

    def concerning(self, service, opd, now: datetime):
        """Current notices that touch a service and an agency; None stands for any.

        A notice that names no service touches every one; a service that a notice calls operational again
        is not touched by it.
        """
        found = self.current(now)
        if service is not None:
            touched = AffectedService.objects.filter(service=service).exclude(state=ServiceState.OPERATIONAL)
            unnamed = ~models.Exists(AffectedService.objects.filter(notice=models.OuterRef("pk")))
            found = found.filter(unnamed | models.Exists(touched.filter(notice=models.OuterRef("pk"))))
        if opd is not None:
            through = self.model.opds.through.objects.filter(statusnotice=models.OuterRef("pk"), opd=opd)
            found = found.filter(Q(all_opds=True) | models.Exists(through))
        return found

    def open_to_tickets(self, now: datetime):
        """What tickets may be linked with: going on, to come, or still a draft that was never public."""
        drafts = self.filter(live=False, first_published_at=None)
        found = self.current(now).order_by() | self.planned(now).order_by() | drafts
        return found.order_by("-starts_at", "-pk")

    def archive(self, month: date, now: datetime):
        """Public notices that began in this date's month (agency's zone) and by ``now``, newest first."""
        first, after = month_bounds(month)
        return (
            self.public(now)
            .filter(starts_at__gte=first, starts_at__lt=after, starts_at__lte=now)
            .order_by("-starts_at", "-pk")
        )

    def with_public_facts(self, now: datetime):
        """Fetch services, agencies and the published timeline along: four queries, however many notices."""
        return self.prefetch_related(
            Prefetch("affected_services", AffectedService.objects.select_related("service")),
            "opds",
            Prefetch("updates", NoticeUpdate.objects.published(now), to_attr="public_updates"),
        )


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """The moments at which the month of a date begins and ends in the agency's time zone."""
    zone = timezone.get_default_timezone()
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return (
        datetime.combine(first, time.min, tzinfo=zone),
        datetime.combine(after, time.min, tzinfo=zone),
    )
