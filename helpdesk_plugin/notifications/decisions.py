"""One decision per act: who is told, or why nobody is. A test walks every act and demands one."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.steps import Act, Remark, Step


class Audience(StrEnum):
    """The two kinds of readers, who are told the same thing in different words."""

    REQUESTER = "requester"
    DESK = "desk"


@dataclass(frozen=True)
class Telling:
    """Who hears of an act. Whoever took the act is never told of it, except as below.

    ``requester``: the requester hears of it. ``receipt``: even of an act of their own, because they
    need it in writing. ``desks``: the officers who may take one of these acts, if the ticket now stands
    where it can be taken. ``reports``: the officers who may take one of these acts, wherever it stands,
    because the SOP has them reported to. ``assignees``: the officers on the ticket. ``stand_ins``: while
    none of those on the ticket may take one of these acts, all who may are told as well, as ``desks`` are.
    ``released``: those whom the act took off the ticket. ``only_from_requester``: officers hear of it only
    if the requester did it. ``named``: whoever the ledger
    entry names, by office and as the requester. ``silence`` says why nobody is told.
    """

    requester: bool = False
    receipt: bool = False
    desks: tuple[Act, ...] = ()
    reports: tuple[Act, ...] = ()
    assignees: bool = False
    stand_ins: tuple[Act, ...] = ()
    only_from_requester: bool = False
    released: bool = False
    named: bool = False
    silence: str = ""

    def reaches_desk(self, party: Party) -> bool:
        """Whether any officer can hear of the act when this side has taken it."""
        if self.only_from_requester and party is not Party.REQUESTER:
            return False
        return bool(self.desks or self.reports or self.assignees or self.named)

    def reaches_requester(self, party: Party) -> bool:
        """Whether the requester hears of the act when this side has taken it."""
        return self.requester and (self.receipt or party is not Party.REQUESTER)

    @property
    def acts_of_officers(self) -> frozenset[Act]:
        """Every act whose holders may hear of it."""
        return frozenset((*self.desks, *self.reports, *self.stand_ins))


DECISIONS: dict[Act, Telling] = {
    Step.SUBMIT: Telling(requester=True, receipt=True, desks=(Step.TRIAGE,)),
    Step.IMPORT: Telling(silence="What is past is nobody's news; who was told then knows it already."),
    Step.RETURN: Telling(requester=True),
    Step.RESUBMIT: Telling(requester=True, desks=(Step.TRIAGE,)),
    Step.TRIAGE: Telling(requester=True, desks=(Step.DISPOSE,)),
    Step.DISPOSE: Telling(requester=True, desks=(Step.EXAMINE,)),
    Step.EXAMINE: Telling(requester=True, assignees=True, stand_ins=(Step.VERIFY,)),
    Step.SEND_BACK: Telling(desks=(Step.DISPOSE,)),
    Step.START_AHEAD: Telling(requester=True, assignees=True, reports=(Step.DISPOSE_LATE,)),
    Step.DISPOSE_LATE: Telling(reports=(Step.EXAMINE_LATE,)),
    Step.EXAMINE_LATE: Telling(assignees=True),
    Step.VERIFY: Telling(requester=True, assignees=True, stand_ins=(Step.DIAGNOSE,)),
    Step.DIAGNOSE: Telling(requester=True, assignees=True, stand_ins=(Step.RESOLVE,)),
    # S7 ends with a report to the division head; S8 is next.
    Step.RESOLVE: Telling(desks=(Step.INFORM,), reports=(Step.EXAMINE,)),
    # S8 ends with a report to the computer officers, who close (S9) once there is an answer.
    Step.INFORM: Telling(requester=True, desks=(Step.CLOSE,)),
    Step.CONFIRM: Telling(requester=True, desks=(Step.CLOSE,)),
    Step.NOT_FIXED: Telling(requester=True, assignees=True, stand_ins=(Step.DIAGNOSE,)),
    Step.CLOSE: Telling(requester=True),
    Step.REOPEN: Telling(requester=True, assignees=True, stand_ins=(Step.DIAGNOSE,), reports=(Step.EXAMINE,)),
    Step.HOLD_REQUESTER: Telling(requester=True),
    Step.HOLD_THIRD_PARTY: Telling(requester=True),
    Step.RESUME: Telling(requester=True, assignees=True),
    Step.ANSWER: Telling(assignees=True, stand_ins=(Step.DIAGNOSE, Step.RESOLVE)),
    Step.REJECT: Telling(requester=True, assignees=True),
    # A receipt, because whoever holds the link can withdraw, and the requester should know at once.
    Step.CANCEL: Telling(requester=True, receipt=True, assignees=True),
    Step.MERGE: Telling(requester=True, assignees=True),
    Step.UNMERGE: Telling(requester=True, assignees=True),
    Remark.PROGRESS: Telling(requester=True),
    Remark.REPLY: Telling(
        requester=True, assignees=True, stand_ins=(Remark.REPLY,), only_from_requester=True
    ),
    Remark.NOTE: Telling(
        silence="Officers read internal notes on the ticket; a mail would carry them outside."
    ),
    # The covering letter may follow; whoever waits for it must hear that it has come.
    Remark.ATTACH: Telling(
        assignees=True,
        stand_ins=(Step.TRIAGE, Step.DISPOSE, Step.EXAMINE),
        only_from_requester=True,
    ),
    Remark.TAKE: Telling(assignees=True),
    Remark.HAND_OVER: Telling(assignees=True, released=True),
    Remark.AMEND: Telling(silence="A correction changes no promise by itself; the history shows it."),
    Remark.RECOUNT: Telling(silence="The tracker shows the new limit; a calendar is nobody's news."),
    # Which offices hear of a warning, and whether the requester does, is the agency's choice per level.
    Remark.WARN: Telling(named=True),
    Remark.REMIND: Telling(requester=True),
    # Once the agency of the main ticket is told (S8), so are those whose duplicates followed it.
    Remark.MAIN_HANDLED: Telling(requester=True),
    Remark.MAIN_ENDED: Telling(requester=True),
    Remark.LINK: Telling(silence="How officers order their work; it changes nothing for the requester."),
    Remark.UNLINK: Telling(silence="How officers order their work; it changes nothing for the requester."),
    Remark.WRITE_UP: Telling(silence="Editors find the draft among what awaits their review in Wagtail."),
    Remark.EVIDENCE: Telling(
        silence="Those who keep the evidence read it on the ticket; no mail speaks of it."
    ),
    Remark.RATE: Telling(silence="Ratings are read on the ticket; a mail would invite arguing."),
    Remark.CONTACT: Telling(silence="Who was called knows it; colleagues read it on the ticket."),
    Remark.WORK: Telling(silence="Minutes and parts are bookkeeping, read on the ticket and in reports."),
    Remark.DOCUMENT: Telling(silence="Documents are handed over on paper; the ticket page shows them."),
    Remark.FOLLOW_NOTICE: Telling(
        silence="The tracker shows it; the answers to all that follow the notice are the news."
    ),
    Remark.UNFOLLOW_NOTICE: Telling(silence="It was linked in error, which is nobody's news."),
    Remark.CORRECT: Telling(silence="Whoever asked for the correction is answered in person, in writing."),
    Remark.ANONYMISE: Telling(silence="Nobody is left to be told; whoever asked is answered in writing."),
}


#: The kind of the daily digest. It is a list and no letter: its words are the package's, not texts to edit.
DIGEST = f"{Audience.DESK.value}.digest"
#: The kind of the sign-in link. Its words are the package's too: without its link it would be of no use.
SIGN_IN = f"{Audience.REQUESTER.value}.sign_in"

#: What reminds of a notice that has stood still.
NOTICE_STALE = f"{Audience.DESK.value}.notice_stale"
#: What asks editors to look at a notice that the emergency line has published.
NOTICE_REVIEW = f"{Audience.DESK.value}.notice_review"
#: What passes between officers and editors about the approval of a notice or an article.
APPROVAL_ASKED = f"{Audience.DESK.value}.approval_asked"
APPROVAL_GIVEN = f"{Audience.DESK.value}.approval_given"
APPROVAL_REFUSED = f"{Audience.DESK.value}.approval_refused"

#: What a subscriber to notices gets: news, and words about the subscription itself.
NEWS = "subscriber.news"
SUBSCRIPTION_ASKED = "subscriber.confirm"
SUBSCRIPTION_CHANGED = "subscriber.changed"
SUBSCRIPTION_ENDED = "subscriber.ended"

#: What asks for an answer to a survey period. Its words are the package's: without its link it is of no use.
SURVEY_INVITATION = "requester.survey"
#: What reminds of it, once. Its link stands below the text, so the agency may word the rest.
SURVEY_REMINDER = "requester.survey_reminder"


def kind_of(audience: Audience, act: Act, *, late: bool = False) -> str:
    """The kind of message by which an audience hears of an act; texts are kept under it.

    A warning of what is ``late`` already needs other words than one in time.
    """
    return f"{audience.value}.{act.value}{'_late' if late else ''}"


def kinds() -> Iterator[str]:
    """Every kind of message about an entry of a ticket's ledger."""
    for act, telling in DECISIONS.items():
        for late in (False, True) if act is Remark.WARN else (False,):
            if telling.requester or telling.named:
                yield kind_of(Audience.REQUESTER, act, late=late)
            if any(telling.reaches_desk(party) for party in Party):
                yield kind_of(Audience.DESK, act, late=late)


def worded_kinds() -> Iterator[str]:
    """Every kind of message that the agency words. Each needs a text in every language."""
    yield from kinds()
    yield SURVEY_REMINDER
