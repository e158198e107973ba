"""The small forms of the staff side: one for each act, one to register a request for somebody.

They clean words and know no rules of the procedure: what is allowed, the services say.
"""
