"""Importing lists and the register of a former help desk: choose a file, look at it, add what is new."""
