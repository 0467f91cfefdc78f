"""What may be moved where in the tree of categories?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalog.errors import (
    CategoriesLimit,
    CategoryElsewhere,
    CategoryNotFound,
    CategoryTooDeep,
    CategoryUnknown,
    CategoryWithinItself,
)
from chalicelib.catalog.rules import CATEGORIES_LIMIT, DEPTH_LIMIT, CategoryTree
from chalicelib.core.errors import Refusal

TREE = CategoryTree({"": ["drinks", "gifts"], "drinks": ["coffee", "tea"], "coffee": ["beans"]})
NAMES = [f"c{number}" for number in range(9)]


def test_what_lies_around_categories_is_told_once_and_without_what_is_gone() -> None:
    assert TREE.around(["beans", "tea", "gone"]) == ("drinks", "coffee", "beans", "tea")
    assert TREE.around([]) == ()


def test_each_category_is_followed_by_what_lies_in_it():
    assert list(TREE.paths) == ["drinks", "coffee", "beans", "tea", "gifts"]
    assert TREE.path_to("beans") == ["drinks", "coffee", "beans"]
    assert (TREE.parent_of("beans"), TREE.parent_of("gifts")) == ("coffee", None)


def test_a_new_category_comes_last():
    assert TREE.with_added("juice", parent_id="drinks").children["drinks"] == ["coffee", "tea", "juice"]
    assert TREE.with_added("books", parent_id=None).children[""] == ["drinks", "gifts", "books"]


def test_a_moved_category_takes_along_what_lies_in_it():
    moved = TREE.with_placed("coffee", parent_id="gifts", before=None)

    assert moved.path_to("beans") == ["gifts", "coffee", "beans"]
    assert moved.children["drinks"] == ["tea"]


def test_categories_are_put_in_order():
    assert TREE.with_placed("tea", parent_id="drinks", before="coffee").children["drinks"] == ["tea", "coffee"]
    assert TREE.with_placed("gifts", parent_id=None, before="drinks").children[""] == ["gifts", "drinks"]
    assert TREE.with_placed("coffee", parent_id="drinks", before=None).children["drinks"] == ["tea", "coffee"]


def test_a_category_that_loses_its_last_child_is_no_parent_any_more():
    assert not TREE.with_placed("beans", parent_id=None, before=None).is_parent("coffee")


@pytest.mark.parametrize(
    ("category_id", "parent_id", "before", "refusal"),
    [
        ("coffee", "coffee", None, CategoryWithinItself),
        ("drinks", "beans", None, CategoryWithinItself),
        ("juice", None, None, CategoryNotFound),
        ("tea", "juice", None, CategoryUnknown),
        ("tea", "drinks", "gifts", CategoryElsewhere),
        ("tea", "drinks", "tea", CategoryElsewhere),
        ("tea", "gifts", "coffee", CategoryElsewhere),
    ],
)
def test_what_makes_no_tree_is_refused(category_id, parent_id, before, refusal):
    with pytest.raises(refusal):
        TREE.with_placed(category_id, parent_id=parent_id, before=before)


def test_a_category_moves_only_where_all_in_it_has_room():
    deep = CategoryTree({"": ["1", "a"], "1": ["2"], "2": ["3"], "3": ["4"], "a": ["b"]})

    assert len(deep.with_placed("b", parent_id="4", before=None).path_to("b")) == DEPTH_LIMIT
    with pytest.raises(CategoryTooDeep):
        deep.with_placed("a", parent_id="4", before=None)


def test_the_tree_is_bounded():
    full = CategoryTree({"": [f"c{number}" for number in range(CATEGORIES_LIMIT)]})

    with pytest.raises(CategoriesLimit):
        full.with_added("one-more", parent_id=None)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([None, *NAMES]), st.sampled_from([None, *NAMES]))))
def test_whatever_is_moved_it_stays_one_tree_of_the_same_categories(moves):
    tree = CategoryTree({"": NAMES})

    for category_id, parent_id, before in moves:
        try:
            tree = tree.with_placed(category_id, parent_id=parent_id, before=before)
        except Refusal:
            continue
        assert tree.parent_of(category_id) == parent_id
        assert sorted(tree.paths) == sorted(each for beside in tree.children.values() for each in beside) == NAMES
        assert max(map(len, tree.paths.values())) <= DEPTH_LIMIT
        assert all(tree.children.values())
