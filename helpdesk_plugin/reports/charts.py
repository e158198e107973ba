"""Charts as SVG inside the page, drawn by pygal on the server; each stands beside a table of its figures.

Only the shapes are pygal's. Its style sheet, its script and its tooltips are taken out: colours come from
`reports.css` with Wagtail's tokens, so dark mode comes for free, and no policy of the page is strained.
Series differ in filling besides colour.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as Xml

import pygal
from django.utils.safestring import SafeString, mark_safe

# pygal leaves a finder of the old kind in Python's import system, for plug-ins of its own; 3.11 warns of it.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

Value = int | float | Decimal | None
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_WIDTH, _HEIGHT = 760, 260


@dataclass(frozen=True)
class Chart:
    """What a chart shows. ``name`` is unique on the page; ``told`` says in words what there is to see."""

    name: str
    title: str
    told: str
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[Value]]]
    percent: bool = False
    #: Labels along the axis: every so many.
    every: int = 1


def draw(chart: Chart) -> SafeString:
    """The chart as an SVG element with title and description."""
    drawn = pygal.Bar(
        width=_WIDTH,
        height=_HEIGHT,
        css=[],
        js=[],
        no_prefix=True,
        disable_xml_declaration=True,
        legend_at_bottom=True,
        show_legend=len(chart.series) > 1,
        show_minor_x_labels=False,
        x_labels_major_every=chart.every,
        range=(0, 100) if chart.percent else (0, _most(chart)),
        max_scale=6,
        order_min=0,
        margin=8,
        spacing=8,
        truncate_label=16,
    )
    drawn.x_labels = list(chart.labels)
    for name, values in chart.series:
        drawn.add(name, [None if value is None else float(value) for value in values])
    return _finished(drawn.render(is_unicode=True), chart)


def _most(chart: Chart) -> float:
    """The end of the axis: never less than 5, so that few tickets look few."""
    return max(
        [5, *(float(value) for _name, values in chart.series for value in values if value is not None)]
    )


def _finished(text: str, chart: Chart) -> SafeString:
    """The shapes without what pygal adds to them, with a title and a description of ours."""
    Xml.register_namespace("", _NAMESPACE.strip("{}"))
    root = Xml.fromstring(text)  # noqa: S314 - drawn a moment ago by pygal, which escapes what it is given
    _strip(root)
    for name in [*root.attrib]:
        if name != "viewBox":
            del root.attrib[name]
    root.set("class", "hd-chart")
    root.set("role", "img")
    root.set("aria-labelledby", f"{chart.name}-title {chart.name}-told")
    for place, (word, content) in enumerate((("title", chart.title), ("told", chart.told))):
        element = Xml.Element(
            f"{_NAMESPACE}{'title' if word == 'title' else 'desc'}", id=f"{chart.name}-{word}"
        )
        element.text = content
        root.insert(place, element)
    return mark_safe(Xml.tostring(root, encoding="unicode"))  # noqa: S308 - serialised, and thereby escaped


def _strip(element: Xml.Element) -> None:
    for child in [*element]:
        if child.tag.removeprefix(_NAMESPACE) in {"defs", "title", "desc", "script", "style"}:
            element.remove(child)
        else:
            child.attrib.pop("style", None)
            _strip(child)
