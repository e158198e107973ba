"""Teams as snippets: who looks after which services."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from helpdesk_plugin.cleaning import SeveralRows
from helpdesk_plugin.models import Service, Team
from helpdesk_plugin.people import name_fields, name_of
from helpdesk_plugin.staff.forms.officers import workers_for
from helpdesk_plugin.staff.reference import (
    KeptPolicy,
    ReferenceIndexView,
    ReferenceViewSet,
    YesNoColumn,
)


class _People(SeveralRows):
    def label_from_instance(self, user):
        return name_of(user)


class TeamForm(WagtailAdminModelForm):
    """Members are those whom tickets can be given to, and whoever is in the team already."""

    members = _People(
        None, label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple, help_text=""
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = self.fields["members"]
        members.help_text = Team._meta.get_field("members").help_text
        already = self.instance.members.values("pk") if self.instance.pk else []
        people = get_user_model().objects.filter(pk__in=workers_for([]).order_by().values("pk"))
        members.queryset = (people | get_user_model().objects.filter(pk__in=already)).order_by(*name_fields())
        self.fields["services"].queryset = Service.objects.order_by("position", "code")

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("category") or cleaned.get("services")):
            self.add_error("services", _("Choose a group or at least one service that the team looks after."))
        return cleaned


class TeamIndexView(ReferenceIndexView):
    """Each team with its members. Three queries for all rows."""

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("members", "services")


def _members(team: Team) -> str:
    return ", ".join(name_of(member) for member in team.members.all())


def _looks_after(team: Team) -> str:
    group = [str(team.get_category_display())] if team.category else []
    return ", ".join([*group, *(service.code for service in team.services.all())])


class TeamViewSet(ReferenceViewSet):
    model = Team
    icon = "group"
    menu_label = _("Teams")
    url_namespace = "helpdesk_teams"
    url_prefix = "helpdesk/teams"
    permission_policy = KeptPolicy(Team)
    index_view_class = TeamIndexView
    list_display = [
        "name",
        Column("looks_after", label=_("Looks after"), accessor=_looks_after),
        Column("people", label=_("Members"), accessor=_members),
        YesNoColumn(Team, "active"),
    ]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("category"), FieldPanel("active")]),
            FieldPanel("services", widget=forms.CheckboxSelectMultiple),
            FieldPanel("members"),
        ],
        base_form_class=TeamForm,
    )
