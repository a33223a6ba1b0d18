"""How many examples a property is tried with: a share of what the profile has (see `conftest`)."""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def tried(percent: int) -> settings:
    """Settings for a property of which an example takes long: this part of the profile's number of examples."""
    number = max(1, settings().max_examples * percent // 100)
    return settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck))
