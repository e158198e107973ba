"""Contacts (PIC) of agencies: who follows an agency's tickets in public, and handing that over."""

from django import forms
from django.contrib.admin.filters import DateFieldListFilter
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import re_path
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log
from wagtail_modeladmin.views import InstanceSpecificView

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.cleaning import LineField, PlausibleDateField
from helpdesk_plugin.models import OpdContact
from helpdesk_plugin.services.contacts import hand_over
from helpdesk_plugin.staff.modeladmin_base import (
    HelpDeskAdmin,
    KeptPermissions,
    QuietButtons,
    described,
)
from helpdesk_plugin.staff.views.listing import staff_media

HAND_OVER_ACTION = "hand-over"


class HandOverForm(forms.Form):
    """Who comes next, and from which day."""

    name = LineField(label=_("Name of the next contact"), max_length=120)
    email = forms.EmailField(
        label=_("Email of the next contact"),
        help_text=_("The sign-in link to “My tickets” is sent there; it must be a person's own."),
    )
    first_day = PlausibleDateField(
        label=_("First day of the next contact"),
        widget=AdminDateInput,
        help_text=_("The present contact sees the agency's tickets until the day before, and nothing after."),
    )

    def refuse(self, refused: ValidationError) -> None:
        """Show why the service refused, beside the field that it is about."""
        known = refused.message_dict if hasattr(refused, "error_dict") else {"__all__": refused.messages}
        for name, reasons in known.items():
            for reason in reasons:
                self.add_error(name if name in self.fields else None, reason)


class HandOverView(WagtailAdminTemplateMixin, InstanceSpecificView):
    """Ends the present contact and begins the next in one go."""

    page_title = _("Hand over")
    header_icon = "group"
    template_name = "helpdesk_plugin/staff/hand_over.html"
    http_method_names = ("get", "head", "post")

    def check_action_permitted(self, user):
        return self.permission_helper.user_can_edit_obj(user, self.instance)

    def get(self, request, *args, **kwargs):
        return self._show(HandOverForm(initial={"first_day": agency_date(clock.now())}))

    def post(self, request, *args, **kwargs):
        form = HandOverForm(request.POST)
        if not form.is_valid():
            return self._refuse(form)
        try:
            following = hand_over(self.instance.pk, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.refuse(refused)
            return self._refuse(form)
        log(self.instance, "wagtail.edit", user=request.user)
        log(following, "wagtail.create", user=request.user)
        told = {"name": following.name, "opd": following.opd.short_name}
        messages.success(request, gettext("%(name)s is the next contact of %(opd)s.") % told)
        return redirect(self.index_url)

    def get_breadcrumbs_items(self):
        contacts = {"url": self.index_url, "label": capfirst(self.opts.verbose_name_plural)}
        return [*self.breadcrumbs_items, contacts, {"url": "", "label": self.get_page_title()}]

    def _refuse(self, form):
        messages.validation_error(self.request, gettext("Nothing was handed over."), form)
        return self._show(form)

    def _show(self, form):
        return self.render_to_response(self.get_context_data(form=form, media=staff_media() + form.media))


class ContactButtons(QuietButtons):
    """Rows of contacts in office can be handed over."""

    def get_buttons_for_obj(self, obj, **kwargs):
        buttons = super().get_buttons_for_obj(obj, **kwargs)
        ended = obj.last_day is not None and obj.last_day < agency_date(clock.now())
        if ended or not self.permission_helper.user_can_edit_obj(self.request.user, obj):
            return buttons
        hand_over_button = {
            "url": self.url_helper.get_action_url(HAND_OVER_ACTION, obj.pk),
            "label": gettext("Hand over"),
            "classname": "button button-small button-secondary",
            "title": gettext("Hand over from %(name)s") % {"name": obj.name},
        }
        return [*buttons, hand_over_button]


class ContactAdmin(HelpDeskAdmin):
    """Contacts are ended, never deleted: the list says who could see what, and when."""

    model = OpdContact
    menu_label = _("Contacts (PIC)")
    menu_icon = "group"
    base_url_path = "helpdesk/contacts"
    permission_helper_class = KeptPermissions
    button_helper_class = ContactButtons
    list_display = ("name", "agency", "email", "first_day", "last_day", "in_office")
    list_filter = (("first_day", DateFieldListFilter),)
    list_select_related = ("opd",)
    search_fields = ("name", "email", "opd__name", "opd__short_name")
    panels = [
        FieldPanel("opd"),
        FieldPanel("name"),
        FieldPanel("email"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
    ]

    @described(_("Agency (OPD)"), "opd__short_name")
    def agency(self, row):
        return row.opd.short_name

    @described(_("In office"))
    def in_office(self, row):
        """Whether the person sees the agency's tickets today."""
        today = agency_date(clock.now())
        if row.first_day > today:
            return gettext("not yet")
        return gettext("ended") if row.last_day and row.last_day < today else gettext("yes")

    def hand_over_view(self, request, instance_pk):
        return HandOverView.as_view(model_admin=self, instance_pk=instance_pk)(request)

    def get_admin_urls_for_registration(self):
        handing_over = re_path(
            self.url_helper.get_action_url_pattern(HAND_OVER_ACTION),
            self.hand_over_view,
            name=self.url_helper.get_action_url_name(HAND_OVER_ACTION),
        )
        return (*super().get_admin_urls_for_registration(), handing_over)
