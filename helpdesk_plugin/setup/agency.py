"""The agency's identity, field by field while it is blank, and the row of its choices."""

from collections.abc import Sequence

from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Addition, Plan, Situation


class Identity:
    """Fills what nobody has filled. A field that the agency empties later stays empty."""

    title = AgencyProfile._meta.verbose_name

    def plan(self, situation: Situation) -> Plan:
        plan, profile = Plan(), AgencyProfile.objects.first()
        for name, value in read_json("agency.json").items():
            key = f"agency:{name}"
            if key in situation.recorded:
                continue
            if profile is not None and getattr(profile, name):
                plan.in_place.append(key)
            else:
                field = AgencyProfile._meta.get_field(name)
                label = f"{field.verbose_name}: {', '.join(value.splitlines())}"
                plan.additions.append(Addition(key, label, (name, value)))
        return plan

    def add(self, additions: Sequence[Addition]) -> None:
        profile = AgencyProfile.objects.first() or AgencyProfile()
        for addition in additions:
            setattr(profile, *addition.what)
        profile._change_reason = "setup"
        profile.save()


class Choices:
    """The one row of `HelpDeskSettings`, made before two first visitors could both make it."""

    title = HelpDeskSettings._meta.verbose_name

    def plan(self, situation: Situation) -> Plan:
        if HelpDeskSettings.objects.exists():
            return Plan()
        return Plan([Addition("settings", str(HelpDeskSettings._meta.verbose_name))])

    def add(self, additions: Sequence[Addition]) -> None:
        HelpDeskSettings.load()
