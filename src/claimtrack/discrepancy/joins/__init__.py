"""Joins of plain arrays that touch only what they return. They know nothing of claims."""
