"""Two versions of the SOP field by field, as the people who approve them read them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from helpdesk_plugin import labels
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.steps import SOP_ORDER
from helpdesk_plugin.models import SopVersion, StepStandard
from helpdesk_plugin.staff.standards.words import minutes_in_words, performer_of

#: The identity block in the order of the document. Number and date tell versions apart and are no content.
IDENTITY_FIELDS = (
    *("title", "document_number", "made_on", "revised_on", "effective_on", "approved_by"),
    *("legal_basis", "qualifications", "related", "equipment", "warning", "records"),
)


@dataclass(frozen=True)
class Line:
    """One field in the words of both versions; empty where a version says nothing."""

    label: str
    old: str
    new: str

    @property
    def differs(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class Part:
    """What is compared under one heading: the identity block, or a step with its code."""

    heading: str
    lines: list[Line]
    code: str = ""
    #: Why one side is empty altogether.
    remark: str = ""


@dataclass(frozen=True)
class Comparison:
    """``parts`` to be shown; ``differences`` counts the lines that differ, shown or not."""

    parts: list[Part]
    differences: int


def compare(old: SopVersion, new: SopVersion, *, everything: bool = False) -> Comparison:
    """Compare two versions; without ``everything`` only what differs is left in. Two queries."""
    parts = [_identity(old, new), *_steps(old, new)]
    differences = sum(line.differs for part in parts for line in part.lines)
    if not everything:
        parts = [_differing(part) for part in parts]
    return Comparison([part for part in parts if part.lines], differences)


def _differing(part: Part) -> Part:
    lines = [line for line in part.lines if line.differs]
    return Part(part.heading, lines, part.code, part.remark)


def _identity(old: SopVersion, new: SopVersion) -> Part:
    lines = [
        Line(_name(SopVersion, name), getattr(old, name), getattr(new, name)) for name in IDENTITY_FIELDS
    ]
    return Part(_("Identity and content of the SOP"), lines)


def _steps(old: SopVersion, new: SopVersion) -> Iterator[Part]:
    olds, news = ({step.code: step for step in version.steps.all()} for version in (old, new))
    known = [code for code in SOP_ORDER if code in olds or code in news]
    for code in known + sorted((olds.keys() | news.keys()) - set(known)):
        before, after = olds.get(code), news.get(code)
        lines = [
            Line(label, first, second)
            for (label, first), (_label, second) in zip(_facts(before), _facts(after), strict=True)
        ]
        yield Part((after or before).name, lines, code, _absence(before, after))


def _absence(before: StepStandard | None, after: StepStandard | None) -> str:
    if before and after:
        return ""
    return _("Only in the newer version.") if after else _("Only in the earlier version.")


def _facts(step: StepStandard | None) -> list[tuple[str, str]]:
    """What a step prescribes, in words; of a step that a version does not have, nothing."""
    said = {"name": "", "activity": "", "requirements": "", "output": "", "remark": ""}
    said = {name: getattr(step, name) if step else "" for name in said}
    times = [
        (
            _("Time, %(priority)s") % {"priority": labels.PRIORITY[priority]},
            minutes_in_words(step.minutes_for(priority.value)) if step else "",
        )
        for priority in Priority
    ]
    return [
        *((_name(StepStandard, name), said[name]) for name in ("name", "activity")),
        (_name(StepStandard, "role"), performer_of(step) if step else ""),
        (_name(StepStandard, "requirements"), said["requirements"]),
        *times,
        *((_name(StepStandard, name), said[name]) for name in ("output", "remark")),
    ]


def _name(model, field: str) -> str:
    return capfirst(str(model._meta.get_field(field).verbose_name))
