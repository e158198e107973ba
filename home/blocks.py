"""What an editor can put into the body of a page.

Every block is plain, printable and readable without JavaScript, and loads nothing from another host.
"""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul"]
INLINE_FEATURES = ["bold", "italic", "link"]

ICONS = [
    ("network", _("Network")),
    ("application", _("Application")),
    ("mail", _("Mail")),
    ("server", _("Server")),
    ("shield", _("Shield")),
    ("device", _("Computer")),
    ("data", _("Data")),
    ("document", _("Document")),
]


class FigureBlock(blocks.StructBlock):
    """A picture with its alternative text and a caption below it."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "home/blocks/figure.html"


class FactBlock(blocks.StructBlock):
    """One term with its explanation."""

    term = blocks.CharBlock(label=_("Term"), max_length=120)
    text = blocks.RichTextBlock(label=_("Explanation"), features=INLINE_FEATURES)


class FactsBlock(blocks.StructBlock):
    """Terms and explanations, for instance units and their duties."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    facts = blocks.ListBlock(FactBlock(), label=_("Facts"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        template = "home/blocks/facts.html"


class CalloutBlock(blocks.StructBlock):
    """A short remark that stands apart from the text; its kind is also said in words."""

    tone = blocks.ChoiceBlock(
        label=_("Kind"), choices=[("info", _("Information")), ("warning", _("Attention"))], default="info"
    )
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "home/blocks/callout.html"


class QuestionBlock(blocks.StructBlock):
    """One question with its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=[*INLINE_FEATURES, "ol", "ul"])


class QuestionsBlock(blocks.StructBlock):
    """Questions whose answers open one by one, without JavaScript."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "home/blocks/questions.html"


class DownloadsBlock(blocks.StructBlock):
    """Documents to download, each with its type and size."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "download"
        label = _("Downloads")
        template = "home/blocks/downloads.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, icon="pilcrow", template="home/blocks/text.html"
    )
    figure = FigureBlock()
    facts = FactsBlock()
    callout = CalloutBlock()
    questions = QuestionsBlock()
    downloads = DownloadsBlock()


class HighlightValue(blocks.StructValue):
    """The stored values of a service highlight, with the address they lead to."""

    @cached_property
    def href(self) -> str:
        """The address of the chosen page, or "" when none is chosen or it is not published."""
        page = self.get("page")
        return (page.url or "") if page is not None and page.live else ""


class HighlightBlock(blocks.StructBlock):
    """One service the agency wants to show on its home page."""

    icon = blocks.ChoiceBlock(label=_("Icon"), choices=ICONS, default="network")
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.TextBlock(label=_("Text"), max_length=200)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)

    class Meta:
        icon = "pick"
        label = _("Service highlight")
        value_class = HighlightValue


class HighlightsBlock(blocks.StreamBlock):
    """The service highlights of the home page."""

    highlight = HighlightBlock()
