"""The pages of the second step: asking for it, setting it up, looking after it, taking it from somebody."""

from typing import Any
from urllib.parse import urlencode

import django_otp
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView, View
from django_otp.plugins.otp_static.models import StaticDevice
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from helpdesk_plugin.portal.qr import qr_code
from site_project.two_step import codes, letters, rules
from site_project.two_step.forms import CodeForm, EnrolForm
from site_project.two_step.words import CODES, ENROLLED, OFF, RECOVERED, RESET

#: Where the session keeps the key of a telephone that has not shown its first code yet.
_NEW_KEY = "two_step_new_key"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class TwoStepView(View):
    """A page that exists only where the site knows two steps."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.enabled():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class CheckView(TwoStepView):
    """Asks for the code after the password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if rules.enabled() and rules.stage(request.user) is not rules.Stage.CHECK:
            return redirect(_where_to(request))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, self._form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request, request.POST)
        if not form.is_valid():
            return self._page(request, form)
        _go_on(request, form.device)
        if isinstance(form.device, StaticDevice):
            _note(request, request.user, RECOVERED)
            return redirect("two_step_state")
        return redirect(_where_to(request))

    def _form(self, request: HttpRequest, data: Any = None) -> CodeForm:
        return CodeForm(data, user=request.user, recovery="recovery" in request.GET)

    def _page(self, request: HttpRequest, form: CodeForm) -> HttpResponse:
        onward = {REDIRECT_FIELD_NAME: _where_to(request)}
        other = urlencode(onward if form.recovery else onward | {"recovery": "1"})
        context = {"form": form, "onward": onward[REDIRECT_FIELD_NAME], "other": f"?{other}"}
        return render(request, "two_step/check.html", context)


class EnrolView(TwoStepView):
    """Sets up a telephone. Its key waits in the session until the telephone has shown that it has it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if rules.enabled() and rules.has_device(request.user):
            return redirect("two_step_state")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, EnrolForm(request=request, key=_key(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = EnrolForm(request.POST, request=request, key=_key(request))
        if not form.is_valid():
            return self._page(request, form)
        del request.session[_NEW_KEY]
        _go_on(request, form.device)
        _note(request, request.user, ENROLLED)
        return _show(request, form.recovery_codes)

    def _page(self, request: HttpRequest, form: EnrolForm) -> HttpResponse:
        device = codes.device_with(request.user, form.key)
        context = {
            "form": form,
            "qr": qr_code(device.config_url),
            "key": _in_fours(_typed_key(device)),
            "must": rules.must_use(request.user),
            "onward": _where_to(request),
        }
        return render(request, "two_step/enrol.html", context)


class StateView(WagtailAdminTemplateMixin, TwoStepView, TemplateView):
    """What an account has, with new recovery codes and the way out; either asks for a code."""

    template_name = "two_step/state.html"
    page_title = gettext_lazy("Two-step verification")
    header_icon = "lock"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        account = {"url": reverse("wagtailadmin_account"), "label": _("Account")}
        return [*self.breadcrumbs_items, account, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return {
            "has_device": rules.has_device(user),
            "left": codes.recovery_codes_left(user),
            "must": rules.must_use(user),
            "form": CodeForm(user=user),
        } | super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if "codes" in request.POST:
            _note(request, request.user, CODES)
            return _show(request, codes.new_recovery_codes(request.user))
        codes.forget(request.user)
        _note(request, request.user, OFF)
        messages.success(request, _("Your telephone was taken off your account."))
        return redirect("two_step_enrol" if rules.must_use(request.user) else "two_step_state")


class ResetView(WagtailAdminTemplateMixin, TwoStepView, TemplateView):
    """Takes telephone and recovery codes from somebody who has lost them, after asking who it really is."""

    template_name = "two_step/reset.html"
    page_title = gettext_lazy("Reset two-step verification")
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.account = get_object_or_404(get_user_model(), pk=kwargs["pk"])
        if rules.enabled() and not may_reset(request.user, self.account):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.account)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        account = {
            "url": reverse("wagtailusers_users:edit", args=[self.account.pk]),
            "label": str(self.account),
        }
        return [*self.breadcrumbs_items, account, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_device = rules.has_device(self.account)
        return super().get_context_data(account=self.account, has_device=has_device, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if codes.forget(self.account) and not _note(request, self.account, RESET):
            silent = _("%(name)s could not be told by mail. Tell them yourself.")
            messages.warning(request, silent % {"name": self.account})
        messages.success(request, _("Two-step verification of %(name)s was reset.") % {"name": self.account})
        return redirect("wagtailusers_users:edit", self.account.pk)


def may_reset(user: Any, account: Any) -> bool:
    """Whether this person may reset that account: never a superuser's without being one, never one's own."""
    meta = account._meta
    if account.pk == user.pk or (account.is_superuser and not user.is_superuser):
        return False
    return user.has_perm(f"{meta.app_label}.change_{meta.model_name}")


def _note(request: HttpRequest, account: Any, action: str) -> bool:
    """Put what was done into the site's log and tell the account's holder; whether the mail could be sent."""
    log(account, action, user=request.user)
    return letters.tell(account, action, request.user)


def _go_on(request: HttpRequest, device: Any) -> None:
    """Count the session as signed in; under a new name, so that one known before is worth nothing."""
    request.session.cycle_key()
    django_otp.login(request, device)


def _show(request: HttpRequest, recovery_codes: list[str]) -> HttpResponse:
    """The answer itself shows the codes, so that they are kept nowhere, and no second look is possible."""
    context = {"codes": recovery_codes, "onward": _where_to(request)}
    return render(request, "two_step/codes.html", context)


def _where_to(request: HttpRequest) -> str:
    wish = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    hosts, https = {request.get_host()}, request.is_secure()
    home = reverse("wagtailadmin_home")
    return wish if url_has_allowed_host_and_scheme(wish, hosts, require_https=https) else home


def _key(request: HttpRequest) -> str:
    if _NEW_KEY not in request.session:
        request.session[_NEW_KEY] = codes.new_key()
    return request.session[_NEW_KEY]


def _typed_key(device: Any) -> str:
    """The key as apps take it by hand."""
    return codes.b32encode(device.bin_key).decode().rstrip("=")


def _in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
