"""What keeps lists and search quick when the past is long: the indexes answer, on both databases."""

import pytest
from django.db import DatabaseError, connection
from django.db.models import Count

from helpdesk_plugin import clock
from helpdesk_plugin.checks.operation import search_has_its_index
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import Ticket, TicketSearchText, conditions, search, trigrams
from helpdesk_plugin.models.conditions import OPEN_STATUSES
from helpdesk_plugin.staff.my_work import Heap, MyWork
from tests.factories import make_agency_data, make_ticket, make_user


def _plan(queryset) -> str:
    """How the database would go about it; PostgreSQL is kept from reading and sorting a small table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    return queryset.explain()


@pytest.fixture
def ticket(db):
    make_agency_data()
    return make_ticket(summary='Proyektor 100% mati di "aula_besar"')


def test_open_tickets_are_read_from_the_index_of_open_tickets(ticket):
    assert list(Ticket.objects.open()) == [ticket]
    assert tuple(sorted(OPEN_STATUSES)) == OPEN_STATUSES
    officer, now = make_user(Role.TECHNICAL_SUPPORT), clock.now()
    work = MyWork(officer, now)
    asked = {"list": Ticket.objects.open().in_work_order().values("pk")}
    if connection.vendor == "sqlite":
        # PostgreSQL decides by what its small tables cost; SQLite, without statistics, by the shape alone.
        asked["next up"] = work.open_tickets.filter(conditions.of_officer(officer)).with_list_facts()
        asked["late"] = Ticket.objects.open().late(now)
        asked["inbox"] = Ticket.objects.all().awaiting_disposition()
        asked["counts"] = work.open_tickets.order_by().values("assignee").annotate(open=Count("pk"))
        asked |= {heap: work.open_tickets.filter(work.condition(heap)) for heap in set(Heap) - {"unassigned"}}
    not_by_it = {
        name: plan for name, queries in asked.items() if "helpdesk_open" not in (plan := _plan(queries))
    }
    assert not not_by_it
    assert "helpdesk_newest" in _plan(Ticket.objects.newest_first().values("pk")[:25])
    Ticket.objects.filter(pk=ticket.pk).update(status="closed")
    assert not Ticket.objects.filter(conditions.IsOpen("status")).exists()


def test_parts_of_words_are_found_by_trigrams_as_they_stand(ticket, monkeypatch):
    assert trigrams.is_there()
    texts = TicketSearchText.objects
    if connection.vendor == "postgresql":
        assert trigrams.INDEX in _plan(texts.holding(["proyektor"]))
    for way in ("index", "reading", "without index"):
        if way == "reading":
            monkeypatch.setattr(search, "MANY", 0)
        if way == "without index":
            monkeypatch.undo()
            monkeypatch.setattr(trigrams, "is_there", lambda using=None: False)
        for words in ("proyek", "100%", "aula_b", '"aula', "mati aula", "PROYEKTOR"):
            assert list(Ticket.objects.search(words)) == [ticket], (way, words)
        for words in ("proyeksi", "100_", "aulaXbesar", "mati sekali"):
            assert not Ticket.objects.search(words).exists(), (way, words)
    assert [warning.id for warning in search_has_its_index(databases=["default"])] == ["helpdesk.W009"]


def test_the_newest_are_named_by_the_index_and_older_ones_are_read(ticket, monkeypatch):
    others = [make_ticket(summary=f"Proyektor {letter} mati") for letter in "abcd"]
    make_ticket(summary="Pencetak mati")
    monkeypatch.setattr(search, "NEWEST", 2)
    monkeypatch.setattr(search, "MANY", 2)
    hits = TicketSearchText.objects.hits(["proyektor", "mati"])
    if connection.vendor == "sqlite":
        assert hits == ([others[3].pk, others[2].pk], others[2].pk)
    found = Ticket.objects.search("proyektor mati")
    assert list(found.newest_first()) == [*reversed(others), ticket]
    assert found.count() == 5
    assert list(found.filter(pk__lt=others[1].pk).order_by("pk")) == [ticket, others[0]]
    assert list(Ticket.objects.search(f"{ticket.number} proyektor")) == [ticket]


def test_the_index_forgets_what_the_text_no_longer_says(ticket):
    text = TicketSearchText.objects.filter(ticket=ticket)
    text.update(text="sesuatu yang lain")
    assert not Ticket.objects.search("proyektor").exists()
    assert list(Ticket.objects.search("sesuatu")) == [ticket]
    text.delete()
    assert not Ticket.objects.search("sesuatu").exists()


def test_a_database_that_allows_no_index_is_searched_without(ticket, monkeypatch):
    trigrams.drop(connection)
    monkeypatch.setattr(trigrams, "_seen", set())
    monkeypatch.setattr(trigrams, "_SQLITE", ("CREATE NOTHING",))
    monkeypatch.setattr(trigrams, "POSTGRESQL", ("CREATE EXTENSION not_allowed", ""))
    try:
        trigrams.create(connection)
    except DatabaseError:
        pytest.fail("a migration must not end here")
    assert not trigrams.is_there()
    assert list(Ticket.objects.search("proyektor")) == [ticket]
    (warning,) = search_has_its_index(databases=["default"])
    assert (warning.id, bool(warning.hint)) == ("helpdesk.W009", True)
