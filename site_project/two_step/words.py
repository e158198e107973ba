"""The log actions of the second step, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ENROLLED = "two_step.enrol"
CODES = "two_step.codes"
OFF = "two_step.off"
RECOVERED = "two_step.recover"
RESET = "two_step.reset"

_WORDS = {
    ENROLLED: (_("Two steps set up"), _("Two-step verification was set up")),
    CODES: (_("Recovery codes"), _("New recovery codes were made")),
    OFF: (_("Two steps taken off"), _("The telephone was taken off by its owner")),
    RECOVERED: (_("Recovery code used"), _("Signed in with a recovery code")),
    RESET: (_("Two steps reset"), _("Two-step verification was reset by an administrator")),
}


def sentence(action: str) -> str:
    """What was done, in the language of the moment."""
    return str(_WORDS[action][1])


def register(actions: Any) -> None:
    """Tell Wagtail's log what these actions are called."""
    for action, (label, sentence) in _WORDS.items():
        actions.register_action(action, label, sentence)
