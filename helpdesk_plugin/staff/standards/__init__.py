"""Versions of the SOP and the standards of its steps, in the admin.

viewsets    the two lists, and the forms of drafts
views       the page of a version, and what is done with it: succeed, confirm, discard, compare
forms       the small forms of those acts
comparison  two versions field by field
words       how values of a version are written
"""
