"""What was learnt: a solution becomes a draft; articles and solved tickets are found again.

The articles live in the opt-in app `helpdesk_plugin.pages`. Without it nothing fails and nothing is found.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from helpdesk_plugin import conf
from helpdesk_plugin.domain.likeness import most_alike
from helpdesk_plugin.domain.redaction import Person, without_personal_data
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Diagnosis, OpdContact, Service, Solution, Ticket
from helpdesk_plugin.people import mail_address, name_of
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import CannotWriteUp, FactsMissing

#: The opt-in app, and the largest key that its tables can have.
PAGES = "helpdesk_plugin.pages"
MAX_ID = 2**31 - 1

#: So many texts are compared at most, newest first: the cost of a suggestion does not grow with the desk.
COMPARED = 200
#: A share of its words that a text must have in common with what somebody is typing to be worth a line.
WORTH_A_LINE = 0.2
MAX_TITLE = 160


def write_up_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Draft a knowledge article of a solved ticket, without its people, and send it to the editors (S7).

    Raises FactsMissing without a diagnosis or a solution, CannotWriteUp when one was drafted before or the
    site has no knowledge base, StepNotAllowed on matters of information security and without the pages.
    """

    def write_up(passage: Passage) -> None:
        ticket = passage.ticket
        diagnosis, solution = ticket.diagnosis_set.last(), ticket.solution_set.last()
        if diagnosis is None or solution is None:
            facts = {Missing.DIAGNOSIS: diagnosis, Missing.SOLUTION: solution}
            lacking = [missing for missing, found in facts.items() if found is None]
            raise FactsMissing(Remark.WRITE_UP, lacking)
        passage.afterwards.append(lambda _event: _draft(ticket, diagnosis, solution, by=by))

    request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    return pass_through(ticket_id, Remark.WRITE_UP, request, write_up)


def people_of(ticket: Ticket) -> list[Person]:
    """Everybody who had to do with a ticket, as far as they are known: three queries."""
    requester = Person(
        names=(ticket.requester_name,),
        numbers=(ticket.requester_phone, ticket.requester_nip),
        addresses=(ticket.requester_email,),
    )
    contacts = OpdContact.objects.filter(opd=ticket.opd_id)
    return [requester, *_officers_of(ticket), *(Person((one.name,), (), (one.email,)) for one in contacts)]


def _officers_of(ticket: Ticket) -> Iterator[Person]:
    acted = ticket.events.exclude(by=None).order_by().values("by")
    assigned = ticket.assignments.order_by().values("officer")
    users = get_user_model().objects
    for user in users.filter(pk__in=acted).union(users.filter(pk__in=assigned)):
        yield Person(names=(name_of(user), user.get_username()), addresses=(mail_address(user),))


# --- Drafting ------------------------------------------------------------------------------------------


def _draft(ticket: Ticket, diagnosis: Diagnosis, solution: Solution, *, by: Any) -> None:
    """Put the draft on the shelf."""
    article_model = apps.get_model("helpdesk_pages", "KnowledgeArticlePage")
    origins = apps.get_model("helpdesk_pages", "ArticleOrigin").objects
    if origins.filter(ticket=ticket.pk).exists():
        raise CannotWriteUp(already=True)
    people = people_of(ticket)

    def clean(text: str) -> str:
        return without_personal_data(text, people).strip()

    with translation.override(conf.content_language()):
        title = clean(ticket.summary)[:MAX_TITLE] or _("Untitled article")
        article = article_model(
            title=title,
            symptoms=clean(f"{ticket.summary}\n\n{diagnosis.symptoms}"),
            cause=clean(diagnosis.cause),
            solution=clean(f"{solution.action}\n\n{solution.recommendation}"),
            live=False,
            owner=by,
        )
    article.services = [ticket.service]
    _shelf().add_child(instance=article)
    origins.create(article=article, ticket=ticket)
    article.save_revision(user=by)
    # After the act: what Wagtail does about an approval must not undo a step of the procedure.
    transaction.on_commit(partial(_submit, article, by), robust=True)


def _submit(article: Page, by: Any) -> None:
    """Hand the draft to the editors by the workflow of its shelf, if editors have left it one."""
    workflow = article.get_workflow()
    if workflow is not None:
        workflow.start(article, by)


def _shelf() -> Page:
    """The knowledge base, its row locked: two drafts at once must not be put in the same place."""
    model = apps.get_model("helpdesk_pages", "KnowledgeIndexPage")
    shelf = model.objects.select_for_update(of=("self",)).order_by("path").first()
    if shelf is None:
        raise CannotWriteUp(already=False)
    Page.objects.select_for_update().get(pk=shelf.pk)
    return model.objects.get(pk=shelf.pk)


def article_of(ticket: Ticket) -> Page | None:
    """The article that was drafted of a ticket. One query, none without the pages."""
    if not apps.is_installed(PAGES):
        return None
    articles = apps.get_model("helpdesk_pages", "KnowledgeArticlePage").objects
    return articles.filter(origin__ticket=ticket.pk).first()


# --- Finding again -------------------------------------------------------------------------------------


def _newest_of(records: type[Diagnosis] | type[Solution], field: str) -> Subquery:
    """A field of the newest diagnosis or solution of each ticket of a queryset, to annotate it with."""
    return Subquery(records.objects.filter(ticket=OuterRef("pk")).order_by("-id").values(field)[:1])


def similar_solved(ticket: Ticket, user: Any, *, typed: str = "", most: int = 5) -> list[Ticket]:
    """The tickets of `alike_and_solved` with what was found and done; three queries."""
    keys = alike_and_solved(ticket, user, typed=typed, most=most)
    found = with_findings(Ticket.objects.filter(pk__in=keys)).select_related("service", "opd").in_bulk()
    # What was deleted meanwhile is passed over.
    return [found[pk] for pk in keys if pk in found]


def alike_and_solved(ticket: Ticket, user: Any, *, typed: str = "", most: int = 5) -> list[int]:
    """Keys of solved tickets that speak of the same thing, as far as this officer may know of them.

    Compared are summary, symptoms and cause of the `COMPARED` newest of the same service and of all with the
    request, or with what an officer has ``typed`` about it so far. Two queries.
    """
    solved = (
        Ticket.objects.visible_to(user)
        .exclude(pk=ticket.pk)
        .filter(resolved_at__isnull=False, merged_into=None)
        .order_by("-resolved_at", "-id")
    )
    here, anywhere = _texts(solved.filter(service=ticket.service_id)), _texts(solved)
    about = _words_about(ticket, typed)
    return most_alike(about, here | anywhere, most=most, nearer=list(here), least=0.1)


def with_findings(tickets: QuerySet) -> QuerySet:
    """Tickets with symptoms and cause of the newest diagnosis and what the newest solution did, if any."""
    return tickets.annotate(
        symptoms=_newest_of(Diagnosis, "symptoms"),
        cause=_newest_of(Diagnosis, "cause"),
        action=_newest_of(Solution, "action"),
    )


def _texts(solved: QuerySet) -> dict[int, str]:
    """What is compared of the newest of these tickets, by their keys; hundreds, so nothing else is read."""
    # Their keys first, out of an index: what was found is looked up for those alone.
    compared = with_findings(Ticket.objects.filter(pk__in=solved.values("pk")[:COMPARED]))
    told = compared.order_by("-resolved_at", "-id").values_list("pk", "summary", "symptoms", "cause")
    return {pk: "\n".join(filter(None, texts)) for pk, *texts in told}


def articles_about(text: str, service: Service | None = None, *, most: int = 3) -> list[Page]:
    """Published articles for everybody that speak of the same thing, the nearest first.

    Three queries (who may read what, the articles, those of the service); none without the pages.
    """
    if not apps.is_installed(PAGES):
        return []
    model = apps.get_model("helpdesk_pages", "KnowledgeArticlePage")
    newest = list(model.objects.live().public().order_by("-first_published_at", "-pk")[:COMPARED])
    if not newest:
        return []
    found = {one.pk: one for one in newest}
    texts = {pk: f"{one.title}\n{one.symptoms}\n{one.cause}" for pk, one in found.items()}
    keys = most_alike(text, texts, most=most, nearer=_of_service(model, service), least=WORTH_A_LINE)
    return [found[pk] for pk in keys]


def articles_for(ticket: Ticket, *, typed: str = "", most: int = 3) -> list[Page]:
    """Published articles that may help with a ticket, or with what was ``typed`` about it."""
    return articles_about(_words_about(ticket, typed), ticket.service, most=most)


def _of_service(model: Any, service: Service | None) -> Iterable[int]:
    if service is None:
        return []
    return model.services.through.objects.filter(service=service.pk).values_list(
        "knowledgearticlepage_id", flat=True
    )


def _words_about(ticket: Ticket, typed: str = "") -> str:
    """What is known of a ticket's trouble: the officer's words if there are any, else the requester's."""
    return f"{typed}\n{ticket.summary}" if typed.strip() else f"{ticket.summary}\n{ticket.description}"


def article_to_read(article_id: int) -> Page | None:
    """The published article with this id, or None. One query, none without the pages."""
    if not apps.is_installed(PAGES) or article_id > MAX_ID:
        return None
    model = apps.get_model("helpdesk_pages", "KnowledgeArticlePage")
    return model.objects.live().public().filter(pk=article_id).first()


def count_answer(article_id: int, *, helped: bool) -> None:
    """Count a reader's answer to "did this help?" on an article that `article_to_read` has found."""
    apps.get_model("helpdesk_pages", "Helped").count(article_id, yes=helped)
