"""What a new help desk starts with: groups, catalogue, targets, hours, SOP, texts, pages.

    plan        what a step would add, and the rows that most steps consist of
    runner      takes every step of the registry, or only says what it would add
    registry    the steps in their order
    data        the files of helpdesk_plugin/data
    one module per subject

Setup only ever adds. It never changes what people edited. What it has made once it remembers by a
lasting key (`SetupRecord`), so that what people deleted or renamed does not come back.
"""
