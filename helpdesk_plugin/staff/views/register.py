"""Registering a request that came by telephone, WhatsApp, letter, email or in person (S1, on behalf)."""

import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from helpdesk_plugin import clock
from helpdesk_plugin.domain.numbering import format_code, spell_code
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import RetiredKey, Ticket
from helpdesk_plugin.permissions import may_see, may_take
from helpdesk_plugin.services.errors import AlreadySubmitted
from helpdesk_plugin.services.submission import submit_ticket
from helpdesk_plugin.staff.forms.facts import RegisterForm
from helpdesk_plugin.staff.views.listing import staff_media

#: How long the officer who registered a request can read its tracking code out.
CODE_SHOWN_FOR = timedelta(hours=1)


class _RegistrationMixin(WagtailAdminTemplateMixin):
    """Screens for those who may file a request on behalf of somebody."""

    model = None
    index_url_name = None
    inspect_url_name = None
    registered_url_name = None
    header_icon = "clipboard-list"

    def dispatch(self, request, *args, **kwargs):
        if not may_take(request.user, Step.SUBMIT, None):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        listing = {"url": reverse(self.index_url_name), "label": capfirst(Ticket._meta.verbose_name_plural)}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.get_page_title()}]


class RegisterView(_RegistrationMixin, FormView):
    form_class = RegisterForm
    template_name = "helpdesk_plugin/staff/register.html"
    page_title = _("Register a request")
    #: The ticket that came of this form when it was sent before, with other words.
    earlier: Ticket | None = None

    def get_initial(self):
        return {"key": uuid.uuid4()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        said = form.cleaned_data
        try:
            ticket = submit_ticket(
                form.filing(), by=self.request.user, key=said["key"], files=form.accepted()
            )
        except AlreadySubmitted as refused:
            return self._ask_again(form, refused.ticket)
        form.forget_files()
        return redirect(self.registered_url_name, ticket.pk)

    def form_invalid(self, form):
        form.keep_files()
        messages.validation_error(self.request, _("Not saved yet: please correct what is marked."), form)
        return super().form_invalid(form)

    def _ask_again(self, form, earlier):
        """The same form with other words: a second request only if the officer says so."""
        self.earlier = earlier
        form.keep_files()
        form.send_again_as(uuid.uuid4())
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "action_url": self.request.path,
            "submit_button_label": self.page_title,
            "earlier": self.earlier,
            "inspect_url_name": self.inspect_url_name,
            "index_url": reverse(self.index_url_name),
            "media": staff_media() + context["form"].media,
        }


@method_decorator(never_cache, name="dispatch")
class RegisteredView(_RegistrationMixin, TemplateView):
    """Number and tracking code, to be dictated to whoever is on the line.

    Only for the officer who registered the request, and only for a while: the code opens the ticket in
    the requester's name.
    """

    template_name = "helpdesk_plugin/staff/registered.html"
    page_title = _("Request registered")

    def get_context_data(self, **kwargs):
        recent = clock.now() - CODE_SHOWN_FOR
        mine = Ticket.objects.filter(registered_by=self.request.user, submitted_at__gte=recent)
        ticket = get_object_or_404(mine.select_related("access", "opd", "service"), pk=self.kwargs["pk"])
        try:
            code = ticket.access.code
        except RetiredKey:
            raise Http404 from None
        seen = may_see(self.request.user, ticket)
        return super().get_context_data(**kwargs) | {
            "ticket": ticket,
            "code": format_code(code),
            "spelt": spell_code(code),
            "ticket_url": reverse(self.inspect_url_name, args=[ticket.pk]) if seen else "",
            "index_url": reverse(self.index_url_name),
            "media": staff_media(),
        }
