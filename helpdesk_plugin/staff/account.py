"""What an officer chooses for themselves, in Wagtail's own account screen."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from helpdesk_plugin.models import OfficerPreferences
from helpdesk_plugin.models.rights import holds


class OfficerPreferencesForm(forms.ModelForm):
    class Meta:
        model = OfficerPreferences
        fields = ["daily_digest"]


class HelpDeskPanel(BaseSettingsPanel):
    """The help desk's mails that an officer may decline. Shown to those who may see tickets."""

    name = "helpdesk"
    title = _("Help Desk")
    tab = notifications_tab
    order = 250
    form_class = OfficerPreferencesForm

    def is_active(self):
        return holds(self.user, "helpdesk_plugin.view_ticket")

    def get_form(self):
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=self._preferences, prefix=self.name)

    @cached_property
    def _preferences(self):
        found = OfficerPreferences.objects.filter(user=self.user).first()
        return found or OfficerPreferences(user=self.user)
