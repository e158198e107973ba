"""The documentation is true where a machine can tell: links, pictures, settings, and the map of the house."""

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.screenshots import desk, public
from scripts.screenshots.__main__ import LIMIT
from tests.test_architecture import FLOORS, NEIGHBOURS

ROOT = Path(__file__).parent.parent
DOCS, IMAGES = ROOT / "docs", ROOT / "docs" / "images"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*src=\"([^\"]+)\"")
#: Variables of the environment that a person does not set: the site's own, or those of other programs.
NOT_SETTINGS = {"BIND", "PATH", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "PYTHONUNBUFFERED"}
#: Settings of Django and Wagtail that the plugin only reads.
OF_OTHERS = {"EMAIL_TIMEOUT", "WAGTAILADMIN_BASE_URL"}
READS = re.compile(
    r"env\.[a-z_]+\(\s*\"([A-Z_]+)\"|\"([A-Z_]+)\" in env|getattr\(settings, \"([A-Z_]+)\""
    r"|environ(?:\.get\(|\.setdefault\(|\[)\"([A-Z_]+)\""
)


def words_of(page: Path) -> str:
    """What the page says, without its examples of code."""
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)


def targets(page: Path) -> Iterator[str]:
    for _picture, link, image in LINK.findall(words_of(page)):
        target = link or image
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    headings = re.findall(r"^#+ (.+)$", words_of(page), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)", "", one).lower()) for one in headings)
    return {one.strip().replace(" ", "-") for one in plain}


def test_every_link_leads_somewhere():
    lost = []
    for page in PAGES:
        for target in targets(page):
            path, _sharp, anchor = target.partition("#")
            there = (page.parent / path).resolve() if path else page
            known = there.exists() and (not anchor or there.suffix != ".md" or anchor in anchors(there))
            if not known:
                lost.append(f"{page.relative_to(ROOT)}: {target}")
    assert lost == []


def test_every_page_can_be_reached_from_the_readme():
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page not in reached and page.suffix == ".md" and page.exists():
            reached.add(page)
            ahead += [(page.parent / target.partition("#")[0]).resolve() for target in targets(page)]
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in reached] == []


def test_every_picture_is_taken_by_the_command_and_shown_somewhere():
    shown = {(page.parent / target).resolve() for page in PAGES for target in targets(page)}
    kept = set(IMAGES.glob("*"))
    taken = {IMAGES / f"{name}.png" for scene in (*public.SCENES, *desk.SCENES) for name in scene.names}
    assert kept - shown == set(), "no page shows these"
    assert kept == taken, "make screenshots takes others"
    assert sum(path.stat().st_size for path in kept) <= LIMIT


def test_every_setting_is_documented_and_every_documented_one_exists():
    folders = (ROOT / "helpdesk_plugin", ROOT / "site_project", ROOT / "scripts")
    sources = [path for folder in folders for path in folder.rglob("*.py") if "screenshots" not in path.parts]
    found = {
        name for path in sources for groups in READS.findall(path.read_text()) for name in groups if name
    }
    found |= {
        "HELPDESK_DEMO_PASSWORD",
        "CHROMIUM_PATH",
        "PYTHON",
    }  # of the demonstration and of shell scripts
    rows = re.findall(r"^\| (`[^|]+)\|", (DOCS / "settings.md").read_text(), flags=re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert documented == found - NOT_SETTINGS - OF_OTHERS


def test_the_map_shows_every_room_on_its_floor():
    text = (DOCS / "architecture.md").read_text()
    rows = re.findall(r"^\| (\d) \| `(\w+)` \|", text, flags=re.MULTILINE)
    assert {room: int(floor) for floor, room in rows} == FLOORS
    dotted = re.findall(r"^ +(\w+)(?:\[[^\]]*\])? -\.-> (\w+)(?:\[|$)", text, flags=re.MULTILINE)
    assert set(dotted) == NEIGHBOURS
    drawn = set(re.findall(r"(?:^ +|-> )(\w+)\[\"", text, flags=re.MULTILINE)) - {f"F{n}" for n in range(8)}
    assert drawn == set(FLOORS)
