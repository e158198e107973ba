"""Kinds of arguments that several commands take."""

import argparse


def positive(text: str) -> int:
    """A whole number above zero. Raises ArgumentTypeError."""
    number = int(text)
    if number <= 0:
        raise argparse.ArgumentTypeError("a number above zero is needed")
    return number
