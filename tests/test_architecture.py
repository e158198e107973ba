"""The house keeps its floors: imports go down, and only the door writes."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "helpdesk_plugin"

#: Room → floor. A room imports rooms of lower floors only; rooms of one floor do not know each other,
#: except those named in NEIGHBOURS.
FLOORS: dict[str, int] = {
    "domain": 0,
    "conf": 0,
    "languages": 0,
    "people": 0,
    "signals": 0,
    "clock": 0,
    "labels": 0,
    "cleaning": 0,
    "paging": 0,
    "models": 1,
    "permissions": 3,
    "templatetags": 2,
    "history": 2,
    "calendars": 2,
    "spreadsheets": 2,
    "survey_results": 3,
    "survey_files": 4,
    "sla_clock": 3,
    "groups": 4,
    "progress": 4,
    "notifications": 4,
    "services": 5,
    "setup": 6,
    "documents": 6,
    "staff": 6,
    "portal": 6,
    "status": 6,
    "pages": 6,
    "demo": 6,
    "reports": 6,
    "evidence": 6,
    "backup": 6,
    "management": 7,
    "checks": 7,
    "urls": 7,
    "wagtail_hooks": 7,
    "apps": 8,
}
#: labels words the core's identifiers, so it stands on the core although it shares its floor.
#: Documents know no screen; screens and reports have them drawn. The status pages are drawn, guarded and
#: throttled as the portal's are.
NEIGHBOURS = {
    ("labels", "domain"),
    ("clock", "domain"),
    ("languages", "conf"),
    ("cleaning", "domain"),
    ("staff", "documents"),
    ("portal", "documents"),
    ("reports", "documents"),
    ("evidence", "documents"),
    ("evidence", "reports"),
    ("status", "portal"),
}
NOT_ROOMS = {"migrations", "locale", "templates", "static", "data", "__init__"}


def modules():
    return [path for path in HOUSE.rglob("*.py") if not NOT_ROOMS & set(path.relative_to(HOUSE).parts)]


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imported_rooms(path: Path):
    """Rooms of the house that a module imports at run time, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "helpdesk_plugin" and len(parts) > 1 and (parts[1] in FLOORS):
                yield parts[1]


def test_every_room_has_a_floor():
    rooms = {room_of(path) for path in modules()} - NOT_ROOMS - {"__init__.py"}
    assert rooms - set(FLOORS) == set()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_imports_go_down(path):
    room = room_of(path)
    if room not in FLOORS:
        return
    for other in imported_rooms(path):
        if other == room or (room, other) in NEIGHBOURS:
            continue
        assert FLOORS[other] < FLOORS[room], f"{room} imports {other}"


def _assigned_attributes(tree):
    for node in ast.walk(tree):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute):
                yield target.attr


def _calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), [keyword.arg for keyword in node.keywords]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_only_the_door_moves_a_ticket(path):
    tree = ast.parse(path.read_text())
    if path.relative_to(HOUSE).as_posix() != "services/_door.py":
        assert "held_from" not in _assigned_attributes(tree)
        assert "status_since" not in _assigned_attributes(tree)
    for function, arguments in _calls(tree):
        assert not (function.endswith(".update") and "status" in arguments), function


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_only_history_writes_the_ledger_and_tickets(path):
    relative = path.relative_to(HOUSE).as_posix()
    writers = {name for name, _ in _calls(ast.parse(path.read_text()))}
    if relative != "history.py":
        assert not writers & {"TicketEvent.objects.create", "TicketEvent.objects.bulk_create", "ticket.save"}
        assert not writers & {"Ticket.objects.create", "Ticket.objects.bulk_create", "Ticket.objects.update"}


def test_the_core_needs_no_database():
    """Floor 0 of the SOP imports nothing of Django but its text utilities."""
    for path in (HOUSE / "domain").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            assert not (module or "").startswith(("django.db", "django.conf", "wagtail")), path.name
