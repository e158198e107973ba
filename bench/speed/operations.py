"""What is read, by whom, and whether the answer itself grows with the number of tickets."""

from dataclasses import dataclass

LIST = "/admin/helpdesk/tickets/"
TABS = ("mine", "role", "unassigned", "due_soon", "late", "waiting", "following")


@dataclass(frozen=True)
class Read:
    """One page: its name in the tables, its address, and who asks (nobody: a visitor of the portal).

    ``grows``: what it shows grows with the tickets, so that it cannot stay as quick. ``like_bare``: meant to
    be within twice the list of a bare snippet.
    """

    name: str
    path: str
    who: str = ""
    grows: bool = False
    like_bare: bool = False


def reads(ticket: str, old_ticket: str, filed: str, month: str) -> list[Read]:
    """Every page that is measured. ``ticket`` is the desk's page of the ticket ``filed`` a moment ago."""
    desk = [
        Read("list: all open", LIST, "prakom", like_bare=True),
        Read("list: all, page 1", f"{LIST}?show=all", "prakom", like_bare=True),
        Read("list: all, page 40", f"{LIST}?show=all&p=40", "prakom", like_bare=True),
        Read("list: ended", f"{LIST}?show=ended", "prakom", like_bare=True),
        Read("list: all of an agency and a priority", f"{LIST}?show=all&opd=3&priority=2", "prakom"),
        Read("list: all of a month", f"{LIST}?show=all&submitted_at_from={month}-01", "prakom"),
        Read("list: all, sorted by number", f"{LIST}?show=all&ordering=number", "prakom"),
        Read("list: all, sorted by agency", f"{LIST}?show=all&ordering=opd", "prakom"),
        Read("search: a word in many", f"{LIST}?q=internet", "prakom", like_bare=True),
        Read("search: a word in one of a hundred", f"{LIST}?q=telekonferensi", "prakom", like_bare=True),
        Read("search: a rare word", f"{LIST}?q=zirkonium", "prakom", like_bare=True),
        Read("search: two words", f"{LIST}?q=printer+loket", "prakom", like_bare=True),
        Read("search: a number", f"{LIST}?q=HD-2017-000500", "prakom", like_bare=True),
        Read("search: nothing found", f"{LIST}?q=takadasamasekali", "prakom", like_bare=True),
        *(Read(f"tab: {tab}", f"{LIST}?work={tab}", "prakom", like_bare=True) for tab in TABS),
        Read("a ticket's page, new", ticket, "prakom", like_bare=True),
        Read("a ticket's page, old", old_ticket, "prakom", like_bare=True),
        Read("form of the diagnosis, with suggestions", f"{ticket}do/diagnose/", "prakom"),
        Read("home", "/admin/", "prakom"),
        Read("inbox of dispositions", f"{LIST}inbox/", "kadis"),
        Read("report of a month", f"/admin/helpdesk/reports/?period={month}", "auditor"),
        Read("steps of a month", f"/admin/helpdesk/reports/steps/?period={month}", "auditor"),
        Read("register, page 1", "/admin/helpdesk/reports/register/", "auditor"),
        Read("ledger, page 1", "/admin/helpdesk/ledger/", "auditor"),
        Read("messages, page 1", "/admin/helpdesk/messages/", "auditor"),
    ]
    public = [
        Read("site's home", "/"),
        Read("form", "/help-desk/lapor/?layanan=INF-NET&lanjut=1"),
        Read("tracker: the form", "/help-desk/lacak/"),
        Read("status page", "/help-desk/status/"),
        Read("feed", "/help-desk/status/atom.xml"),
        Read("a service's standard", "/help-desk/katalog/INF-NET/"),
        Read("the requester's ticket", filed, "citizen"),
    ]
    return [*public, *desk]
