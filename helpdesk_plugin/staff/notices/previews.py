"""How a notice will look, drawn with the public side's own templates: its page and its banner."""

from django.template.loader import render_to_string, select_template
from django.utils import translation

from helpdesk_plugin import clock, conf
from helpdesk_plugin.models import previews
from helpdesk_plugin.notifications import notice_news

_FRAME = "helpdesk_plugin/staff/notices/preview.html"
#: The public side's own frame and faces, or plain ones where the site has no public status page.
_FRAMES = ("helpdesk_plugin/status/base.html", "helpdesk_plugin/portal/base.html")
_PLAIN = "helpdesk_plugin/staff/notices/face.html"


def draw_page(notice, request) -> str:
    """The notice as on its own page."""
    return _framed(notice, request, "helpdesk_plugin/status/includes/notice.html")


def draw_banner(notice, request) -> str:
    """The slim banner above the pages that it concerns."""
    return _framed(notice, request, "helpdesk_plugin/status/includes/banner.html")


def draw_mail(notice, request) -> str:
    """The mail that subscribers would get."""
    return notice_news.preview(notice, translation.get_language() or "id")


def _framed(notice, request, template: str) -> str:
    now = clock.now()
    context = {
        "helpdesk_base": conf.base_template(),
        "notice": notice,
        "now": now,
        "phase": notice.phase_at(now),
        "face": select_template([template, _PLAIN]).template.name,
        "frame": select_template(_FRAMES).template.name,
        "short": template.endswith("banner.html"),
    }
    return render_to_string(_FRAME, context, request=request)


def register() -> None:
    """Tell the model how its faces are drawn; called once when the admin is wired."""
    previews.FACES.update({previews.PAGE: draw_page, previews.BANNER: draw_banner, previews.MAIL: draw_mail})
