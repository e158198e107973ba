"""Official documents on paper: what stands on them, how they are drawn, and how they come to be signed.

Screens and reports ask `issuing` and `preview`; nothing here knows of a request or a page.
"""
