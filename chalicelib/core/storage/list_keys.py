"""Where are categories and lists of products stored? The key shapes of all that leads shoppers to products."""

from chalicelib.core.storage.key import Key

_ONE_SHARD = "0"
CATEGORIES = "CATEGORIES"


def category(category_id: str) -> Key:
    return Key(CATEGORIES, f"CATEGORY#{category_id}")


def category_tree() -> Key:
    return Key(CATEGORIES, "TREE")


COLLECTIONS = "COLLECTIONS"
COLLECTION_PREFIX = "COLLECTION#"


def collection(collection_id: str) -> Key:
    return Key(COLLECTIONS, f"{COLLECTION_PREFIX}{collection_id}")


LIST_MARKS = "LIST_MARKS"


def list_mark(number: int) -> Key:
    return Key(LIST_MARKS, f"MARK#{number}")


def relisting(category_id: str) -> Key:
    return Key(f"RELISTING#{category_id}", "RELISTING")


def listing(product_id: str) -> Key:
    return Key(f"LISTING#{product_id}", "LISTING")


# Index partition, sparse: products whose cards are to be made anew at a moment
LISTINGS_DUE = f"LISTINGS_DUE#{_ONE_SHARD}"


def card_list(name: str) -> str:
    return f"CARDS#{name}#{_ONE_SHARD}"


CARD_PREFIX = "CARD#"


def card(list_name: str, rank: str) -> Key:
    return Key(card_list(list_name), f"{CARD_PREFIX}{rank}")
