"""The staff side: tickets and the agency's data in the Wagtail admin."""
