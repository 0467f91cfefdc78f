"""Which phones can be dialled, which regions are there, and what becomes the default?"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.addresses.enums import AddressUse, Region
from chalicelib.addresses.errors import AddressBookFull, AddressPhoneInvalid, AddressRegionUnknown
from chalicelib.addresses.rules import (
    REGION_NAMES,
    demand_room,
    dialled,
    fitting,
    wishes_for_new,
    with_wishes,
    without,
)
from chalicelib.core.i18n.locales import WRITTEN
from tests.addresses.builders import a_place

SHIPPING, BILLING = AddressUse.SHIPPING, AddressUse.BILLING
HOME, OFFICE = "adr_HOME", "adr_OFFICE"

ids = some.sampled_from([HOME, OFFICE, "adr_MOTHER"])
some_defaults = some.dictionaries(some.sampled_from(AddressUse), ids)
some_wishes = some.dictionaries(some.sampled_from(AddressUse), some.booleans())


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("0911223344", "+251911223344"),
        ("911223344", "+251911223344"),
        ("251911223344", "+251911223344"),
        ("+251 911 22 33 44", "+251911223344"),
        ("(0911) 22-33-44", "+251911223344"),
        ("0712345678", "+251712345678"),
        ("+254 712 345678", "+254712345678"),
        ("+1 (202) 555-0143", "+12025550143"),
        ("+49 89 1234567890", "+49891234567890"),
    ],
)
def test_a_phone_is_kept_as_it_is_dialled(written, called):
    assert dialled(written) == called
    assert dialled(called) == called


@pytest.mark.parametrize(
    "written",
    ["0811223344", "091122334", "09112233445", "+2518112233", "+251111234567", "12025550143", "+0911223344"]
    + ["+1202555", "+1234567890123456", "", "+", "٠٩١١٢٢٣٣٤٤", "0911223344\n"],
)
def test_a_phone_that_nobody_can_call_is_refused(written):
    with pytest.raises(AddressPhoneInvalid):
        dialled(written)


def test_ethiopia_has_twelve_regions_and_two_chartered_cities_each_with_its_names():
    assert len(REGION_NAMES) == len(Region) == 14
    for locale in WRITTEN:
        names = [texts[locale] for texts in REGION_NAMES.values()]
        assert len(set(names)) == 14
        assert all(names)


@pytest.mark.parametrize("region", ["", "Addis Ababa", "snnpr", "ADDIS_ABABA"])
def test_an_address_in_ethiopia_lies_in_one_of_its_regions(region):
    with pytest.raises(AddressRegionUnknown) as refused:
        fitting(a_place(region=region))

    assert refused.value.facts == {"regions": list(Region)}


@pytest.mark.parametrize("region", ["", "Nairobi County", "addis_ababa"])
def test_elsewhere_a_region_is_whatever_people_call_it(region):
    assert fitting(a_place(country="KE", region=region)).region == region


def test_a_full_book_takes_no_more():
    demand_room(49, 50)

    with pytest.raises(AddressBookFull):
        demand_room(50, 50)


def test_the_first_address_becomes_the_default_for_everything():
    assert with_wishes({}, HOME, wishes_for_new({}, {})) == {SHIPPING: HOME, BILLING: HOME}


def test_a_later_address_changes_no_default_unless_that_is_wished():
    before = {SHIPPING: HOME}

    assert with_wishes(before, OFFICE, wishes_for_new(before, {})) == {SHIPPING: HOME, BILLING: OFFICE}
    assert with_wishes(before, OFFICE, wishes_for_new(before, {BILLING: False})) == before
    assert with_wishes(before, OFFICE, wishes_for_new(before, {SHIPPING: True}))[SHIPPING] == OFFICE


def test_an_address_that_shall_not_be_the_default_leaves_none():
    assert with_wishes({SHIPPING: HOME, BILLING: HOME}, HOME, {SHIPPING: False}) == {BILLING: HOME}
    assert with_wishes({SHIPPING: HOME}, OFFICE, {SHIPPING: False}) == {SHIPPING: HOME}


def test_a_deleted_default_leaves_none():
    assert without({SHIPPING: HOME, BILLING: OFFICE}, HOME) == {BILLING: OFFICE}


@given(some_defaults, ids, some_wishes)
def test_wishes_for_one_address_are_granted_and_touch_nothing_else(before, address_id, wishes):
    after = with_wishes(before, address_id, wishes)

    for use in AddressUse:
        if use in wishes:
            assert (after.get(use) == address_id) is wishes[use]
        if not wishes.get(use) and before.get(use) != address_id:
            assert after.get(use) == before.get(use)
