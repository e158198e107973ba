"""The page of a version, and what is done with it: succeed, confirm, discard, compare."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from helpdesk_plugin.models import SopVersion
from helpdesk_plugin.models.standards import IN_USE, VersionInUse
from helpdesk_plugin.services.standards import (
    confirm_values,
    discard_draft,
    succeed_version,
    suggested_start,
)
from helpdesk_plugin.staff.standards.comparison import IDENTITY_FIELDS, compare
from helpdesk_plugin.staff.standards.forms import CompareForm, ConfirmForm, SucceedForm
from helpdesk_plugin.staff.standards.media import standards_media
from helpdesk_plugin.staff.standards.words import performer_of, times_of, version_in_words

#: Whoever may see the list may read; these are the rights that let anybody see it.
READING = ["add", "change", "delete", "view"]

TEMPLATES = "helpdesk_plugin/staff/standards"


def may_change(user) -> bool:
    """Whether a user may succeed, confirm and discard: versions come with their steps."""
    return user.has_perms(["helpdesk_plugin.change_sopversion", "helpdesk_plugin.change_stepstandard"])


class _VersionsMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Screens about versions, for those who may see the list."""

    model = SopVersion
    permission_policy = None
    any_permission_required = READING
    index_url_name = None
    inspect_url_name = None
    edit_url_name = None
    history_url_name = None
    succeed_url_name = None
    confirm_url_name = None
    discard_url_name = None
    compare_url_name = None
    header_icon = "doc-full"

    def get_breadcrumbs_items(self):
        listing = {
            "url": reverse(self.index_url_name),
            "label": capfirst(SopVersion._meta.verbose_name_plural),
        }
        return [*self.breadcrumbs_items, listing, *self.trail()]

    def trail(self) -> list[dict]:
        """Breadcrumbs below the list."""
        return [{"url": "", "label": self.get_page_title()}]

    def url_of(self, name: str, version: SopVersion) -> str:
        """Address of a screen of a version."""
        return reverse(getattr(self, f"{name}_url_name"), args=[quote(version.pk)])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"media": standards_media() + context.get("media", standards_media())}


class _OneVersionMixin(BaseObjectMixin, _VersionsMixin):
    """A screen of one version."""

    @cached_property
    def page_url(self) -> str:
        return self.url_of("inspect", self.object)

    def trail(self):
        version = {"url": self.page_url, "label": str(self.object)}
        return [version, {"url": "", "label": self.get_page_title()}]

    def get_page_subtitle(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"version": self.object, "page_url": self.page_url}


class VersionView(_OneVersionMixin, TemplateView):
    """A version for reading: identity, steps with their standards, what is approved, what can be done."""

    template_name = f"{TEMPLATES}/version.html"

    def get_page_title(self):
        return str(self.object)

    def trail(self):
        return [{"url": "", "label": str(self.object)}]

    def get_context_data(self, **kwargs):
        steps = list(self.object.steps.all())
        in_use, version = self.object.is_in_use, self.object
        proposed = [step for step in steps if not step.confirmed]
        return super().get_context_data(**kwargs) | {
            "in_use": in_use,
            "identity": [(capfirst(_label(name)), getattr(version, name)) for name in IDENTITY_FIELDS],
            "steps": [
                {"step": step, "performer": performer_of(step), "times": times_of(step)} for step in steps
            ],
            "has_proposed": bool(proposed) or not version.confirmed,
            "may_change": may_change(self.request.user),
            "drafts": SopVersion.objects.drafts().exclude(pk=version.pk) if in_use else [],
            "history_url": self.url_of("history", version),
            "edit_url": self.url_of("edit", version),
            "succeed_url": self.url_of("succeed", version),
            "confirm_url": self.url_of("confirm", version),
            "discard_url": self.url_of("discard", version),
            "compare_url": self._compare_url(),
        }

    def _compare_url(self) -> str:
        """Beside the version before it; the first beside the next."""
        others = SopVersion.objects.exclude(pk=self.object.pk)
        before = others.filter(number__lt=self.object.number).first()
        other = before or others.last()
        if other is None:
            return ""
        return f"{reverse(self.compare_url_name)}?{urlencode({'old': other.pk, 'new': self.object.pk})}"


class _ChangingMixin(_OneVersionMixin):
    """A small form that changes something, for those who may change versions and steps."""

    permission_required = "change"

    def dispatch(self, request, *args, **kwargs):
        if not may_change(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "action_url": self.request.path,
            "submit_button_label": self.page_title,
        }


class _FormMixin(_ChangingMixin, FormView):
    def form_invalid(self, form):
        messages.validation_error(self.request, _("Not saved yet: please correct what is marked."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"media": context["media"] + context["form"].media}


class SucceedView(_FormMixin):
    """Asks from when the next version shall be in force, and makes it: a draft to be edited."""

    form_class = SucceedForm
    template_name = f"{TEMPLATES}/succeed.html"
    page_title = gettext_lazy("Make the next version")

    def get_initial(self):
        return {"in_force_from": suggested_start()}

    def form_valid(self, form):
        try:
            draft = succeed_version(self.object, by=self.request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        done = _("Version %(number)d is made as a draft. Edit it until it comes into force.")
        messages.success(self.request, done % {"number": draft.number})
        return redirect(self.url_of("inspect", draft))


class ConfirmView(_FormMixin):
    """Marks values as approved: all of a version, or those that are ticked. It changes no value."""

    form_class = ConfirmForm
    template_name = f"{TEMPLATES}/confirm.html"
    page_title = gettext_lazy("Confirm as approved")

    def get(self, request, *args, **kwargs):
        if not self.get_form().is_needed:
            messages.info(request, _("All values of this version are confirmed already."))
            return redirect(self.page_url)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"version": self.object}

    def get_form(self, form_class=None):
        """All values are ticked to begin with; coming from one step, that step alone."""
        form = super().get_form(form_class)
        offered = [value for value, _label in form.fields["values"].choices]
        asked = [value for value in offered if value == self.request.GET.get("value")]
        form.initial["values"] = asked or offered
        return form

    def form_valid(self, form):
        done = confirm_values(self.object, by=self.request.user, **form.cleaned_data)
        told = ngettext("%(n)d value confirmed.", "%(n)d values confirmed.", len(done)) % {"n": len(done)}
        messages.success(self.request, told)
        return redirect(self.page_url)


class DiscardView(_ChangingMixin, TemplateView):
    """Asks, then gives a draft up before it comes into force."""

    template_name = f"{TEMPLATES}/discard.html"
    page_title = gettext_lazy("Discard this draft")

    def get(self, request, *args, **kwargs):
        return self._refuse() if self.object.is_in_use else super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            discard_draft(self.object, by=request.user)
        except VersionInUse:
            return self._refuse()
        messages.success(request, _("The draft of version %(n)d is discarded.") % {"n": self.object.number})
        return redirect(self.index_url_name)

    def _refuse(self):
        messages.error(self.request, str(IN_USE))
        return redirect(self.page_url)


class CompareView(_VersionsMixin, TemplateView):
    """Two versions beside each other; what differs, or everything."""

    template_name = f"{TEMPLATES}/compare.html"
    page_title = gettext_lazy("Compare versions")

    def get_context_data(self, **kwargs):
        versions = list(SopVersion.objects.all())
        form = CompareForm(self._asked(versions), versions=versions)
        context = super().get_context_data(**kwargs) | {"form": form, "enough": len(versions) > 1}
        if not (context["enough"] and form.is_valid()):
            return context
        by_key = {version.pk: version for version in versions}
        chosen = [by_key[form.cleaned_data[name]] for name in ("old", "new")]
        old, new = sorted(chosen, key=lambda version: version.number)
        everything = self.request.GET.get("all") == "1"
        query = {"old": old.pk, "new": new.pk}
        return context | {
            "old": old,
            "new": new,
            "headings": [version_in_words(old), version_in_words(new)],
            "everything": everything,
            "comparison": compare(old, new, everything=everything),
            "differences_url": f"?{urlencode(query)}",
            "everything_url": f"?{urlencode(query | {'all': 1})}",
        }

    def _asked(self, versions: list[SopVersion]) -> dict:
        """What the address asks for; the last two versions (the list is newest first) if it asks nothing."""
        new, old = (versions[0].pk, versions[min(1, len(versions) - 1)].pk) if versions else ("", "")
        return {"old": old, "new": new} | self.request.GET.dict()


def _label(name: str) -> str:
    return str(SopVersion._meta.get_field(name).verbose_name)
