"""The disputed package, loaded once."""

from __future__ import annotations

import pytest

from claimtrack.package import Package, load
from claimtrack.views.claims import Cards
from disputed import disputed


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return load(disputed(tmp_path_factory.mktemp("disputed")))


@pytest.fixture(scope="session")
def cards(package: Package) -> Cards:
    return Cards(package)
