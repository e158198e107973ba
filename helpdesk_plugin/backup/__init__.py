"""Backups: database and files of one moment in one directory, and the way back."""
