"""The site's look: small, own, and in nobody else's hands."""

import re
from pathlib import Path

import pytest

import home

APP = Path(home.__file__).parent
STATIC = APP / "static" / "home"
STYLES = (STATIC / "css" / "site.css").read_text()


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def token(name: str) -> str:
    return re.search(rf"--hd-{name}: (#[0-9a-f]+);", STYLES).group(1)


def test_stylesheet_is_small():
    assert (STATIC / "css" / "site.css").stat().st_size <= 20_000


def test_whole_dress_of_a_page_is_small():
    assert sum(path.stat().st_size for path in STATIC.rglob("*") if path.is_file()) <= 30_000


def test_stylesheet_loads_nothing():
    assert re.findall(r"@import|url\(|@font-face", STYLES) == []


def test_colours_are_tokens_that_a_host_can_override():
    names = [
        "ink",
        "muted",
        "line",
        "surface",
        "tint",
        "brand",
        "brand-deep",
        "accent",
        "ok",
        "warn",
        "bad",
        "focus",
    ]
    assert [name for name in names if f"--hd-{name}:" not in STYLES] == []
    assert STYLES.count("--hd-brand-deep:") == 1


@pytest.mark.parametrize(
    "selector", ["prefers-reduced-motion", "forced-colors: active", "@media print", ":focus-visible"]
)
def test_stylesheet_serves_everyone(selector):
    assert selector in STYLES


@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        ("ink", "surface", 7),
        ("ink", "tint", 7),
        ("muted", "surface", 7),
        ("muted", "tint", 4.5),
        ("brand", "surface", 4.5),
        ("brand", "tint", 4.5),
        ("surface", "brand-deep", 7),
        ("focus", "brand-deep", 3),
        ("warn", "surface", 4.5),
    ],
)
def test_contrast_of_text(ink, paper, least):
    assert contrast(token(ink), token(paper)) >= least


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.svg")), ids=lambda path: path.name)
def test_drawing_carries_no_script_and_no_address(path):
    drawing = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"<script|\son\w+=|https?:|style=", drawing) == []


def test_every_icon_that_an_editor_can_choose_is_drawn():
    from home.blocks import ICONS

    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "img" / "icons.svg").read_text()))
    assert {name for name, _ in ICONS} - drawn == set()


def test_migrations_name_only_what_the_oldest_supported_wagtail_has():
    for path in (APP / "migrations").glob("0*.py"):
        migration = path.read_text()
        assert re.findall(r'"wagtailcore", "(\d{4})_', migration) in ([], ["0094"])
        assert re.findall("WAGTAIL_PAGE_MODEL|modelsearch|wagtail.search", migration) == []
