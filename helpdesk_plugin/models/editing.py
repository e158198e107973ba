"""What the admin's forms of our models have in common."""

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import BaseChooser


class ChoosersForm(WagtailAdminModelForm):
    """A form whose choosers (of a picture) are drawn again whatever was sent in their place."""

    def clean(self):
        cleaned = super().clean()
        for name in self.errors:
            if name in self.fields and isinstance(self.fields[name].widget, BaseChooser):
                # Shown again as not chosen: Wagtail would look up even what cannot be a key.
                self.data = self.data.copy()
                self.data.pop(self.add_prefix(name), None)
        return cleaned
