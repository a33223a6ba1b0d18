"""The disputed package, loaded once."""

from __future__ import annotations

import pytest

from claimtrack.package import Package, load
from claimtrack.views.claims import Cards
from disputed import disputed
from frozen import LIVE, frozen


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return load(disputed(tmp_path_factory.mktemp("disputed")))


@pytest.fixture(scope="session")
def cards(package: Package) -> Cards:
    return Cards(package)


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The first data set as it was when it was coded."""
    return load(frozen(LIVE, tmp_path_factory.mktemp("live")))
