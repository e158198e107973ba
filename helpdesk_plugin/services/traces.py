"""Traces of a person outside their own tickets: words of others, revisions, logs, lists, sessions, tasks.

Which fields of the help desk are looked through stands in `models.personal_fields`. The site's own pages
are not: what a newspaper says of somebody is another matter, and another editor's.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q, QuerySet

from helpdesk_plugin.domain.persons import Subject, without_subject
from helpdesk_plugin.domain.redaction import LEFT_OUT
from helpdesk_plugin.history import plain_rows
from helpdesk_plugin.models import NoticeSubscription, OpdContact, SignIn, SurveyInvitation, TicketSearchText
from helpdesk_plugin.models.personal_fields import FIELDS, TICKET_OF, How, fields_of

OURS = ("helpdesk_plugin", "helpdesk_pages")
#: Fields that hold words; what else is in them is no text that somebody could be named in.
_LOOKED_THROUGH = (How.GONE, How.CLEANED, How.SWEPT, How.ROW)

#: What other apps keep of ours: model → fields, and the field that says what the row is about.
_ELSEWHERE: dict[str, tuple[tuple[str, ...], str]] = {
    "wagtailcore.Page": (("title", "draft_title", "seo_title", "search_description"), "content_type"),
    "wagtailcore.Revision": (("object_str", "content"), "content_type"),
    "wagtailcore.ModelLogEntry": (("label", "data"), "content_type"),
    "wagtailcore.PageLogEntry": (("label", "data"), "content_type"),
    "wagtailcore.Comment": (("text",), "page__content_type"),
    "wagtailcore.CommentReply": (("text",), "comment__page__content_type"),
    "wagtailcore.TaskState": (("comment",), ""),
    "wagtailadmin.FormState": (("data",), ""),
    "django_tasks_database.DBTaskResult": (("args_kwargs", "exception_class_path", "traceback"), ""),
}


def leave_out(subject: Subject, *, spared: Iterable[int] = ()) -> int:
    """Leave a person out of everything that is not their own ticket, and return how many rows changed.

    Rows of the tickets ``spared`` are other people's, or still worked on: they stay as they are.
    """
    if not subject.needles:
        return 0
    kept = list(spared)
    changed = sum(_clean(rows, fields, subject) for rows, fields in _places(kept))
    return changed + _forget_sessions(subject)


def forget_addresses(subject: Subject) -> dict[str, int]:
    """Delete links and subscriptions of a person, and take them out of the contacts (PIC) of agencies."""
    addresses = list(subject.addresses)
    contacts = OpdContact.objects.filter(email__in=addresses)
    keys = list(contacts.values_list("pk", flat=True))
    for key in keys:
        # One address for each: two contacts of one agency must not look like one person.
        blank = {"name": LEFT_OUT, "email": f"anonim-{key}@example.invalid"}
        plain_rows(OpdContact).filter(pk=key).update(**blank)
        OpdContact.history.filter(id=key).update(**blank)
    subscriptions = NoticeSubscription.objects.filter(email__in=addresses)
    sign_ins = SignIn.objects.filter(email__in=addresses)
    invitations = SurveyInvitation.objects.filter(email__in=addresses)
    counts = {
        "invitations": invitations.count(),
        "contacts": len(keys),
        "subscriptions": subscriptions.count(),
        "sign_ins": sign_ins.count(),
    }
    for gone in (subscriptions, sign_ins, invitations):
        gone.delete()
    return counts


def text_fields(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Those of the fields that hold text or JSON, in the table of the model itself."""
    words = (models.CharField, models.TextField, models.JSONField)
    return [
        one.name
        for one in model._meta.local_concrete_fields
        if one.name in names and isinstance(one, words) and not one.choices
    ]


def _places(spared: list[int]) -> Iterator[tuple[QuerySet, list[str]]]:
    for app in (app for app in OURS if apps.is_installed(_module(app))):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            yield from _of_ours(model, spared)
    ours = list(ContentType.objects.filter(app_label__in=OURS).values_list("pk", flat=True))
    for label, (names, about) in _ELSEWHERE.items():
        other = _model(label)
        if other is not None:
            rows = plain_rows(other)
            yield (rows.filter(**{f"{about}__in": ours}) if about else rows), list(names)


def _of_ours(model: type[models.Model], spared: list[int]) -> Iterator[tuple[QuerySet, list[str]]]:
    name = model.__name__.removeprefix("Historical")
    wanted = [one for how in _LOOKED_THROUGH for one in fields_of(name, how)]
    names = text_fields(model, wanted)
    if not names:
        return
    rows = plain_rows(model)
    way = TICKET_OF.get(name)
    if way and spared:
        rows = rows.exclude(**{f"{'id' if model.__name__ != name else way}__in": spared})
    yield rows, names


def _clean(rows: QuerySet, names: list[str], subject: Subject) -> int:
    changed = 0
    for row in _suspects(rows, names, subject):
        values = {name: getattr(row, name) for name in names}
        cleaned = {name: without_subject(value, subject) for name, value in values.items()}
        different = {name: value for name, value in cleaned.items() if value != values[name]}
        if different:
            plain_rows(rows.model).filter(pk=row.pk).update(**different)
            changed += 1
            _find_anew(row)
    return changed


def _suspects(rows: QuerySet, names: list[str], subject: Subject) -> list[Any]:
    """Rows that hold a piece of the person, to be read closely. One query."""
    condition = Q()
    for name in names:
        for needle in subject.needles:
            condition |= Q(**{f"{name}__icontains": needle})
    return list(rows.filter(condition).only("pk", *names))


def _find_anew(row: Any) -> None:
    """Bring Wagtail's search up to date with a page that reads differently now."""
    from wagtail.search import index

    if isinstance(row, index.Indexed) and not isinstance(row, TicketSearchText):
        index.insert_or_update_object(type(row)._default_manager.get(pk=row.pk))


def _forget_sessions(subject: Subject) -> int:
    """End the sessions that hold something of the person; whoever is signed in signs in again."""
    ended = 0
    for session in Session.objects.iterator(chunk_size=500):
        kept = session.get_decoded()
        if kept and without_subject(kept, subject) != kept:
            session.delete()
            ended += 1
    return ended


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _module(app: str) -> str:
    return "helpdesk_plugin" if app == "helpdesk_plugin" else "helpdesk_plugin.pages"


#: Every model that the registry speaks of, for whoever checks that nothing was forgotten.
KNOWN = frozenset(FIELDS)
