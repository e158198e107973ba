"""The public status page: what is going on, what is planned, what was, and ways to be told."""
