"""The browser of the journeys, before sites that are not ours."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.browser import launch_arguments

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("site")


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_arguments(playwright)}
