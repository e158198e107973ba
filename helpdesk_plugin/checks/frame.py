"""Whether the frame around the public pages has what the pages put into it."""

from collections.abc import Iterator

from django.core.checks import CheckMessage, Error, Tags, register
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates
from django.template.base import Template
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode

from helpdesk_plugin import conf

#: Blocks without which a page has no name, no look or no content. `breadcrumbs` and `notices` are welcome.
NEEDED_BLOCKS = ("title", "extra_head", "content")
NEEDED_PROCESSORS = (
    "django.template.context_processors.request",
    "wagtail.contrib.settings.context_processors.settings",
)


@register(Tags.templates)
def templates_get_what_they_need(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand the context processors of the plugin's templates (helpdesk.E005)."""
    found = [engine for engine in engines.all() if isinstance(engine, DjangoTemplates)]
    given = found[0].engine.context_processors if found else []
    return [
        Error(
            f'The context processor "{name}" is missing, without which pages lack the agency\'s data.',
            hint=f'Add "{name}" to TEMPLATES[0]["OPTIONS"]["context_processors"].',
            id="helpdesk.E005",
        )
        for name in NEEDED_PROCESSORS
        if name not in given
    ]


@register(Tags.templates)
def frame_has_the_blocks(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Demand that HELPDESK_BASE_TEMPLATE exists and offers what pages fill (helpdesk.E009)."""
    name = conf.base_template()
    try:
        offered = set(_blocks(name))
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        told = f"{type(error).__name__}: {error}"
        return [_frame_error(f'HELPDESK_BASE_TEMPLATE "{name}" cannot be used: {told}')]
    lacking = [block for block in NEEDED_BLOCKS if block not in offered]
    if not lacking:
        return []
    return [_frame_error(f'HELPDESK_BASE_TEMPLATE "{name}" has no block {", ".join(lacking)}.')]


def _frame_error(told: str) -> CheckMessage:
    hint = (
        "Name a template that offers the blocks title, extra_head, content, breadcrumbs and notices. "
        "docs/installation.md of the plugin shows how one is laid over a frame with other blocks."
    )
    return Error(told, hint=hint, id="helpdesk.E009")


def _blocks(name: str) -> Iterator[str]:
    """Names of the blocks of a template and of those that it extends."""
    template = get_template(name).template
    if not isinstance(template, Template):
        return
    yield from (node.name for node in template.nodelist.get_nodes_by_type(BlockNode))
    for node in template.nodelist.get_nodes_by_type(ExtendsNode):
        parent = node.parent_name.var
        if isinstance(parent, str):
            yield from _blocks(parent)
