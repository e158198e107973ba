"""Filling in a form of the admin: what it opens with, and the first choice where one is owed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class _Form:
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._owed = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self.forms.append(_Form(given.get("action") or ""))
        elif not self.forms:
            return
        elif tag == "input" and name:
            self._input(name, given)
        elif tag == "select" and name:
            self._select, self._options, self._owed = name, [], "required" in given
        elif tag == "option" and self._select:
            self._options.append((given.get("value") or "", "selected" in given))
        elif tag == "textarea" and name:
            self.forms[-1].texts.add(name)

    def _input(self, name, given):
        kind, value = given.get("type", "text"), given.get("value") or ""
        form = self.forms[-1]
        if kind in {"radio", "checkbox"}:
            (form.radios if kind == "radio" else form.boxes).setdefault(name, []).append(value)
        if kind in {"radio", "checkbox"}:
            if "checked" in given:
                form.fields.setdefault(name, []).append(value or "on")
        elif kind == "text" and "required" in given and not value:
            form.texts.add(name)
        elif kind not in {"file", "submit", "button"}:
            form.fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag):
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected and value]
            first = [value for value, _selected in self._options if value][:1]
            self.forms[-1].fields[self._select] = chosen or (first if self._owed else [])
            self._select = None


def filled(html: str, words: str, action: str) -> dict[str, list[str]] | None:
    """The form that is sent to ``action``, with ``words`` in every text field. None if there is none."""
    reader = _Reader()
    reader.feed(html)
    form = next((form for form in reader.forms if form.action == action), None)
    if form is None:
        return None
    choices = {**form.radios, **{name: boxes for name, boxes in form.boxes.items() if len(boxes) > 1}}
    first = {name: values[:1] for name, values in choices.items()}
    return {**first, **form.fields, **{name: [words] for name in form.texts}}
