"""How surely a discrepancy holds."""

STRENGTHS = ("definite", "possible", "tension", "unconfirmed")
"""Strongest first."""
