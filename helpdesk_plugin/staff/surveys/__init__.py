"""The survey of nine elements in the admin: periods with what they came to, and the words of the elements."""
