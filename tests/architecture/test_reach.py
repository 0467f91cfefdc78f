"""Does the walk through the code find every way to a write, and none where there is none?"""

import pytest

from tests.architecture.planting import plant
from tests.architecture.reach import Reach

TREE = {
    "chalicelib/core/storage/keys.py": """
        class Key: ...

        def basket(basket_id: str) -> Key:
            return Key(f"BASKET#{basket_id}", "BASKET")

        def parts(loom_id: str) -> str:
            return f"LOOM#{loom_id}"

        LOOMS = "LOOMS"

        def loom(loom_id: str) -> Key:
            return Key(parts(loom_id), "LOOM")

        def register() -> Key:
            return Key(LOOMS, "REGISTER")
    """,
    "chalicelib/core/storage/table.py": "class Item: ...\nclass VersionedItem(Item): ...\n",
    "chalicelib/baskets/models.py": """
        from chalicelib.core.storage.table import VersionedItem

        class Basket(VersionedItem, discriminator="basket"): ...
    """,
    "chalicelib/baskets/service/__init__.py": "from chalicelib.baskets.service.filling import empty, fill, look\n",
    "chalicelib/baskets/service/filling.py": """
        from chalicelib.baskets import store
        from chalicelib.baskets.models import Basket
        from chalicelib.core.storage import keys, transactions

        def fill(basket_id: str) -> Basket:
            key = keys.basket(basket_id)
            basket = store.find(basket_id) or Basket.at(key)
            with transactions.write() as work:
                work.save(basket)
            return basket

        def empty(basket: Basket) -> None:
            with transactions.write() as work:
                work.delete(basket)

        def look(basket_id: str) -> Basket:
            return store.find(basket_id)
    """,
    "chalicelib/baskets/store.py": """
        from chalicelib.baskets.models import Basket

        def find(basket_id: str) -> Basket: ...
    """,
    "chalicelib/looms/models.py": """
        from chalicelib.core.storage.table import Item

        class Loom(Item, discriminator="loom"): ...
        class Register(Item, discriminator="register"): ...
    """,
    "chalicelib/looms/service.py": """
        from chalicelib.baskets import service as baskets
        from chalicelib.core.storage import keys, transactions
        from chalicelib.core.storage.table import Item
        from chalicelib.looms.models import Loom, Register

        def weave(loom_id: str) -> None:
            with transactions.write() as work:
                for each in _made(loom_id):
                    work.create(each)
                baskets.fill(loom_id)

        def enter() -> None:
            with transactions.write() as work:
                work.replace(_entry())

        def _made(loom_id: str) -> list[Loom]:
            return [Loom.at(keys.loom(loom_id))]

        def _entry() -> Item:
            return Register.at(keys.register())
    """,
    "chalicelib/looms/reactions.py": """
        from chalicelib.baskets import service as baskets
        from chalicelib.core.consuming import Consumer
        from chalicelib.looms import service

        weaving = Consumer("weaving")
        looking = Consumer("looking")

        @weaving.on(object)
        def weave(message: object) -> None:
            service.weave("loom-1")

        @looking.on(object)
        def look(message: object) -> None:
            baskets.look("basket-1")

        def enter(event: object, context: object) -> None:
            service.enter()
    """,
    "chalicelib/core/consuming.py": "class Consumer: ...\n",
    "functions/queues/weaving.py": "from chalicelib.looms.reactions import weaving\nhandler = weaving.handler\n",
    "functions/queues/looking.py": "from chalicelib.looms.reactions import looking\nhandler = looking.handler\n",
    "functions/schedules/entering.py": "from chalicelib.looms.reactions import enter as handler\n",
}


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("functions/queues/weaving", {"LOOM#*", "BASKET#*"}),
        ("functions/queues/looking", set()),
        ("functions/schedules/entering", {"LOOMS"}),
    ],
)
def test_what_a_handler_leads_to_is_found(tmp_path, file, written):
    assert Reach(plant(tmp_path, TREE)).partitions_written_by(file) == written


def test_a_write_that_is_added_anywhere_on_the_way_is_found(tmp_path):
    changed = """
        from chalicelib.baskets.models import Basket
        from chalicelib.baskets.service.filling import empty

        def find(basket_id: str) -> Basket:
            return empty(basket_id)
    """

    reach = Reach(plant(tmp_path, TREE | {"chalicelib/baskets/store.py": changed}))

    assert reach.partitions_written_by("functions/queues/looking") == {"BASKET#*"}
