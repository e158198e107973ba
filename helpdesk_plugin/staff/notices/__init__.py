"""Status notices in the admin: what officers state, what editors word, publish and continue.

forms       what is asked          policy    who may see which screen
views       the screens            panels    what Wagtail's home says
viewsets    snippets and addresses previews  the faces that an editor sees beforehand
words       how the log reads
"""
