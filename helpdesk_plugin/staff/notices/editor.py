"""What the editors of notices and of their wordings show, field by field."""

from django.utils.html import escape
from django.utils.translation import gettext_lazy
from wagtail.admin.compare import FieldComparison, TextDiff
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
)

from helpdesk_plugin.staff.notices.forms import EditorsForm, NoticeForm
from helpdesk_plugin.staff.reference import ProposedPanel
from helpdesk_plugin.staff.words import moment


class FactsPanel(HelpPanel):
    """What an officer stated, above the words that an editor makes of it."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "template": "helpdesk_plugin/staff/notices/facts_panel.html"})

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk and self.instance.facts)


class MomentComparison(FieldComparison):
    """Two moments side by side, on the agency's clocks."""

    def htmldiff(self):
        before, after = (moment(value) if value else "–" for value in (self.val_a, self.val_b))
        if before == after:
            return escape(before)
        return TextDiff([("deletion", before), ("addition", after)]).to_html()


class MomentPanel(FieldPanel):
    """A field for a moment whose revisions are compared in words."""

    def get_comparison_class(self):
        return MomentComparison


EDIT_HANDLER = ObjectList(
    [
        FactsPanel(),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("title"),
                FieldPanel("summary"),
                FieldPanel("image"),
            ],
            heading=gettext_lazy("In Indonesian"),
        ),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("summary_en")],
            heading=gettext_lazy("In English"),
        ),
        InlinePanel(
            "affected_services",
            heading=gettext_lazy("Affected services"),
            label=gettext_lazy("Service"),
            panels=[FieldRowPanel([FieldPanel("service"), FieldPanel("state")])],
        ),
        MultiFieldPanel(
            [FieldPanel("all_opds"), FieldPanel("opds")],
            heading=gettext_lazy("Whom it concerns"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("phase"),
                FieldRowPanel([MomentPanel("starts_at"), MomentPanel("expected_end")]),
                FieldPanel("notify_on_publish"),
            ],
            heading=gettext_lazy("Time"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("cause", "cause_en", "prevention", "prevention_en")],
            heading=gettext_lazy("After the fact"),
            classname="collapsed",
        ),
        PublishingPanel(),
    ],
    base_form_class=NoticeForm,
)

WORDING_HANDLER = ObjectList(
    [
        ProposedPanel(),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("state")]),
                FieldRowPanel([FieldPanel("active"), FieldPanel("position")]),
                FieldPanel("emergency"),
                FieldPanel("confirmed"),
            ],
            heading=gettext_lazy("The event"),
        ),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("summary")], heading=gettext_lazy("In Indonesian")),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("summary_en")], heading=gettext_lazy("In English")
        ),
    ],
    base_form_class=EditorsForm,
)
