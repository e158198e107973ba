"""What the help desk is compared with: a bare snippet, and a view that does nothing but store a row."""
