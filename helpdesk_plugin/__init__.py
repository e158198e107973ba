"""A help desk inside Wagtail that follows a government office's SOP step by step."""

__version__ = "0.1.0"
