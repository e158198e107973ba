"""The steps of setup in their order: what later ones lean on comes first."""

from helpdesk_plugin.setup.agency import IDENTITY, PAPERS, Choices
from helpdesk_plugin.setup.catalogue import OPDS, SERVICES
from helpdesk_plugin.setup.evidence import CHECKLIST
from helpdesk_plugin.setup.hours import HOLIDAYS, REGIMES
from helpdesk_plugin.setup.notices import WORDINGS, Approval, Duty
from helpdesk_plugin.setup.offices import Groups
from helpdesk_plugin.setup.pages import HelpDeskEntry, KnowledgeShelf
from helpdesk_plugin.setup.plan import SetupStep
from helpdesk_plugin.setup.promises import LEVELS, MATRIX, TARGETS
from helpdesk_plugin.setup.questions import Questions
from helpdesk_plugin.setup.replies import REPLIES
from helpdesk_plugin.setup.retention import RULES
from helpdesk_plugin.setup.rights import WagtailRights
from helpdesk_plugin.setup.sop import SOP
from helpdesk_plugin.setup.survey import SURVEY_ELEMENTS
from helpdesk_plugin.setup.texts import TEXTS

STEPS: tuple[SetupStep, ...] = (
    Groups(),
    IDENTITY,
    Choices(),
    PAPERS,
    OPDS,
    SERVICES,
    Questions(),
    MATRIX,
    TARGETS,
    LEVELS,
    REGIMES,
    HOLIDAYS,
    SOP,
    CHECKLIST,
    SURVEY_ELEMENTS,
    RULES,
    TEXTS,
    REPLIES,
    WORDINGS,
    Duty(),
    Approval(),
    HelpDeskEntry(),
    KnowledgeShelf(),
    WagtailRights(),
)
