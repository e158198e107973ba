"""What stands on each kind of document, one module a kind."""
