"""What services lean on."""

import pytest

from tests.factories import Staff, make_agency_data


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()
