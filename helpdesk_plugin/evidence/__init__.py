"""What an agency hands in as evidence: a period in one archive, and an officer's own steps.

Everything in it comes from reports, documents, surveys and the SOP; here it is only gathered, named and
sealed with checksums. An archive leaves the agency, so it holds no matter of information security; that of
a period names nobody.
"""
