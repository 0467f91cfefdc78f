"""What may become of an application?"""

import pytest

from chalicelib.vendors import rules
from chalicelib.vendors.errors import VendorApplicationClosed
from chalicelib.vendors.rules import ApplicationStatus

OPEN = ApplicationStatus.OPEN
CLOSED = sorted(set(ApplicationStatus) - {OPEN})


@pytest.mark.parametrize("to", CLOSED)
def test_an_open_application_may_be_closed_in_any_way(to: ApplicationStatus) -> None:
    rules.demand_move(OPEN, to)


@pytest.mark.parametrize("status", CLOSED)
@pytest.mark.parametrize("to", list(ApplicationStatus))
def test_a_closed_application_stays_as_it_is(status: ApplicationStatus, to: ApplicationStatus) -> None:
    with pytest.raises(VendorApplicationClosed) as refused:
        rules.demand_move(status, to)

    assert refused.value.facts == {"application_status": status}
