"""Files of a ticket for its requester: streamed as downloads, never shown inside the site."""

import logging

from django.http import FileResponse

from helpdesk_plugin.portal import access
from helpdesk_plugin.portal.access import NotOpen
from helpdesk_plugin.portal.pages import portal_view
from helpdesk_plugin.services.files import ALLOWED_TYPES

logger = logging.getLogger(__name__)


@portal_view()
def attachment(request, number, pk):
    """/tiket/<number>/berkas/<pk>/: the question that the ticket's page asks is asked here too."""
    ticket = access.open_ticket(request, number)
    found = None if ticket.security_flag else ticket.attachments.public().filter(pk=pk).first()
    if found is None:
        raise NotOpen(number)
    try:
        stored = found.file.open("rb")
    except OSError:
        logger.exception("The file of attachment %s is gone.", found.pk)
        raise NotOpen(number) from None
    known = found.content_type if found.content_type in ALLOWED_TYPES.values() else "application/octet-stream"
    response = FileResponse(stored, as_attachment=True, filename=found.name, content_type=known)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
