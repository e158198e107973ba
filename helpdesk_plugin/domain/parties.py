"""Who takes part in the procedure: the side they stand on, and the office they hold."""

from enum import StrEnum


class Party(StrEnum):
    """The side from which a step is taken."""

    STAFF = "staff"
    REQUESTER = "requester"
    SYSTEM = "system"


class Role(StrEnum):
    """An office in the procedure.

    The first five are the performers (*pelaksana*) named by the SOP; the last three serve the desk
    itself and take no step of the SOP in their own name.
    """

    REQUESTER = "requester"
    HEAD_OF_AGENCY = "head_of_agency"
    DIVISION_HEAD = "division_head"
    COMPUTER_OFFICER = "computer_officer"
    TECHNICAL_SUPPORT = "technical_support"
    MANAGER = "manager"
    AUDITOR = "auditor"
    EDITOR = "editor"


#: The four offices inside the agency that carry a ticket from desk to desk.
SOP_STAFF_ROLES: tuple[Role, ...] = (
    Role.HEAD_OF_AGENCY,
    Role.DIVISION_HEAD,
    Role.COMPUTER_OFFICER,
    Role.TECHNICAL_SUPPORT,
)

#: Every office a user account can hold. The requester needs no account.
STAFF_ROLES: tuple[Role, ...] = (*SOP_STAFF_ROLES, Role.MANAGER, Role.AUDITOR, Role.EDITOR)
