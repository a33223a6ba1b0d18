"""Answers to a reader's questions as plain rows and dictionaries: what was claimed, in order, and on what evidence."""
