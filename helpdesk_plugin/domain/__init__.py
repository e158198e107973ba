"""The SOP as pure rules: no database, no Wagtail, no clock of its own."""
