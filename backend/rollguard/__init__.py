"""Rollguard: says in plain words what "Allow" would do when a page asks for the whole camera roll."""
