"""The agency's identity, field by field while it is blank, and the row of its choices."""

from collections.abc import Sequence

from helpdesk_plugin.models import AgencyProfile, DocumentSettings, HelpDeskSettings
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Addition, Plan, Situation


class Blanks:
    """Fills what nobody has filled in a row of settings. A field that is emptied later stays empty."""

    def __init__(self, model, file: str, prefix: str) -> None:
        self.model, self.file, self.prefix = model, file, prefix
        self.title = model._meta.verbose_name

    def plan(self, situation: Situation) -> Plan:
        plan, row = Plan(), self.model.objects.first()
        for name, value in read_json(self.file).items():
            key = f"{self.prefix}:{name}"
            if key in situation.recorded:
                continue
            if row is not None and getattr(row, name):
                plan.in_place.append(key)
            else:
                field = self.model._meta.get_field(name)
                label = f"{field.verbose_name}: {', '.join(value.splitlines())}"
                plan.additions.append(Addition(key, label, (name, value)))
        return plan

    def add(self, additions: Sequence[Addition]) -> None:
        row = self.model.objects.first() or self.model()
        for addition in additions:
            setattr(row, *addition.what)
        row._change_reason = "setup"
        row.save()


IDENTITY = Blanks(AgencyProfile, "agency.json", "agency")
PAPERS = Blanks(DocumentSettings, "documents.json", "documents")


class Choices:
    """The one row of `HelpDeskSettings`, made before two first visitors could both make it."""

    title = HelpDeskSettings._meta.verbose_name

    def plan(self, situation: Situation) -> Plan:
        if HelpDeskSettings.objects.exists():
            return Plan()
        return Plan([Addition("settings", str(HelpDeskSettings._meta.verbose_name))])

    def add(self, additions: Sequence[Addition]) -> None:
        HelpDeskSettings.load()
