"""For all tests: nothing that they run reads or writes what the person at this machine keeps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _a_home_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMITREADER_DATA_DIR", str(tmp_path_factory.mktemp("kept")))
        yield
