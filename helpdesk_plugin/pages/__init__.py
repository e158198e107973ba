"""Opt-in page types: content around the help desk. The desk itself never depends on the page tree."""
