"""One decision per act: who is told, or why nobody is. A test walks every act and demands one."""

from dataclasses import dataclass

from helpdesk_plugin.domain.steps import Act, Remark, Step


@dataclass(frozen=True)
class Telling:
    """Who hears of an act.

    ``requester``: the requester gets the message. ``desks``: officers who may take one of these acts
    next. ``assignees``: the officers on the ticket. ``silence`` says why nobody is told.
    """

    requester: bool = False
    desks: tuple[Act, ...] = ()
    assignees: bool = False
    silence: str = ""


DECISIONS: dict[Act, Telling] = {
    Step.SUBMIT: Telling(requester=True, desks=(Step.TRIAGE,)),
    Step.RETURN: Telling(requester=True),
    Step.RESUBMIT: Telling(requester=True, desks=(Step.TRIAGE,)),
    Step.TRIAGE: Telling(requester=True, desks=(Step.DISPOSE,)),
    Step.DISPOSE: Telling(requester=True, desks=(Step.EXAMINE,)),
    Step.EXAMINE: Telling(requester=True, assignees=True, desks=(Step.VERIFY,)),
    Step.VERIFY: Telling(requester=True, assignees=True),
    Step.DIAGNOSE: Telling(requester=True, assignees=True),
    Step.RESOLVE: Telling(desks=(Step.INFORM, Step.EXAMINE)),
    Step.INFORM: Telling(requester=True, desks=(Step.CLOSE,)),
    Step.CONFIRM: Telling(desks=(Step.CLOSE,)),
    Step.NOT_FIXED: Telling(requester=True, assignees=True),
    Step.CLOSE: Telling(requester=True),
    Step.REOPEN: Telling(requester=True, assignees=True, desks=(Step.TRIAGE,)),
    Step.HOLD_REQUESTER: Telling(requester=True),
    Step.HOLD_THIRD_PARTY: Telling(requester=True),
    Step.RESUME: Telling(requester=True),
    Step.ANSWER: Telling(assignees=True),
    Step.REJECT: Telling(requester=True),
    Step.CANCEL: Telling(requester=True, assignees=True),
    Step.MERGE: Telling(requester=True),
    Remark.PROGRESS: Telling(requester=True),
    Remark.REPLY: Telling(requester=True, assignees=True),
    Remark.NOTE: Telling(
        silence="Officers read internal notes on the ticket; a mail would carry them outside."
    ),
    Remark.ATTACH: Telling(
        silence="Files come with a reply or a step that is told; alone they only wait to be seen."
    ),
    Remark.AMEND: Telling(silence="A correction changes no promise by itself; the history shows it."),
}
