"""The agency's own website: page types, menus, search. It knows nothing of tickets."""
