"""Invented people and tickets, so that no screen is empty when somebody tries the help desk.

    passwords   where the one password of all demonstration accounts comes from
    accounts    an account for each office
    letters     a small PDF to attach
    desk        acting in the past, on working days, in the name of those accounts
    acts        the acts of a story, each through its service
    story       what a story consists of
    stories     the invented tickets
    tickets     telling the stories, once
    surveys     three invented surveys: ended, open, draft
    marks       what was made
    warning     the warning that accounts exist

Made only on demand, never by setup. `SetupRecord` remembers what was made, so that it happens once and
that a start with production settings can warn (`helpdesk_plugin.checks`).
"""
