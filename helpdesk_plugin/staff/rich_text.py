"""Rich text as the admin's editor sends it, and whatever else arrives in its place."""

from django.utils.html import linebreaks
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

#: How JSON, the exporter and UTF-8 refuse what the editor does not send.
_NOT_THE_EDITORS = (AttributeError, ExporterException, LookupError, RecursionError, TypeError, ValueError)


class AnyTextConverter(ContentstateConverter):
    """Takes what is not of the editor's making as plain text, so that nothing fails and nothing is lost."""

    def to_database_format(self, contentstate_json):
        """The text as HTML. Whatever cannot be read, or holds letters that no database keeps, is escaped."""
        try:
            html: str = super().to_database_format(contentstate_json)
            html.encode()
        except _NOT_THE_EDITORS:
            return linebreaks(contentstate_json, autoescape=True) if contentstate_json.strip() else ""
        return html
