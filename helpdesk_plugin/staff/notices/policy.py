"""Who may do what with notices: Wagtail's own permissions, and a notice is never deleted."""

from wagtail.permission_policies import ModelPermissionPolicy

from helpdesk_plugin.models import StatusNotice


class NoticePolicy(ModelPermissionPolicy):
    """What was announced stays on record: it expires or is withdrawn, and nobody deletes it."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


#: The one instance; views and the registry share it.
notice_policy = NoticePolicy(StatusNotice)

#: Any of these lets somebody read notices in the admin, drafts too.
READING = ["add", "change", "publish", "view"]
