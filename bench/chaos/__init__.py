"""Kills the running product under load, and counts what was promised and did not come true."""
