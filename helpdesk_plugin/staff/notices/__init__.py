"""Status notices in the admin: what officers state, what editors word, publish and continue.

forms       what is asked                      policy    who may see which screen
views       one notice, what screens share     panels    what Wagtail's home says
stating     facts, the emergency line          previews  the faces that an editor sees beforehand
timeline    updates, the review                words     how the log reads
linked      tickets that follow, proposals     editor    the fields, how they are compared
viewsets    snippets and addresses
"""
