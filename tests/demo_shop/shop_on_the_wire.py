"""What does the loader talk to in its tests? A real HTTP server that keeps a small shop in memory."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "staff-token-of-the-test"
PAGE = 20

Body = dict[str, Any]
Reply = tuple[int, Body]


@dataclass
class ShopOnTheWire:
    """`before_post` may answer in place of the shop; `lose_answer` drops the line after the effect."""

    categories: dict[str, Body] = field(default_factory=dict)
    vendors: dict[str, Body] = field(default_factory=dict)
    products: dict[str, Body] = field(default_factory=dict)
    movements: list[Body] = field(default_factory=list)
    collections: dict[str, Body] = field(default_factory=dict)
    promotions: dict[str, Body] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    plan: Body = field(default_factory=dict)
    tax_rates: Body = field(default_factory=dict)
    pictures: dict[str, list[Body]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    upload_url: str = ""
    takes_files: bool = True
    answers_by_key: dict[str, tuple[Body, Reply]] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)
    before_post: Callable[[str, str], Reply | None] = lambda path, key: None
    lose_answer: Callable[[str], bool] = lambda key: False
    lists_variants: bool = True
    takes_seconds: float = 0
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def stock_of(self, sku: str) -> int:
        return sum(movement["quantity"] for movement in self.movements if movement["sku"] == sku)

    def get(self, path: str, cursor: str | None) -> Reply:
        if path == "/categories":
            return 200, {"items": list(self.categories.values()), "next_cursor": None}
        if path == "/promotions":
            return 200, page(list(self.promotions.values()), cursor)
        if path == "/collections":
            return 200, page([{"id": each} for each in self.collections], cursor)
        if path == "/shipping-plan":
            return 200, {"is_built_in": not self.plan, **self.plan}
        if path == "/tax-rates":
            return 200, {"items": [], **self.tax_rates}
        if path.endswith("/pictures"):
            return 200, {"items": self.pictures.get(path.split("/")[2], []), "next_cursor": None}
        if path == "/products":
            return 200, page([self.card(each) for each in self.products.values()], cursor)
        if path.endswith("/stock_movements"):
            product_id = path.split("/")[2]
            return 200, page([m for m in self.movements if m["product_id"] == product_id], cursor)
        return 404, {"code": "not_found"}

    def card(self, product: Body) -> Body:
        return product if self.lists_variants else {"id": product["id"], "title": product["title"]}

    def post(self, path: str, key: str, body: Body) -> Reply:
        self.posts.append(path)
        if (instead := self.before_post(path, key)) is not None:
            return instead
        if key in self.answers_by_key:
            said, reply = self.answers_by_key[key]
            return reply if said == body else (422, {"code": "idempotency_key_reused"})
        reply = self.effect_of(path, body)
        if reply[0] == 201:
            self.answers_by_key[key] = body, reply
        return reply

    def effect_of(self, path: str, body: Body) -> Reply:
        if path == "/categories":
            return self.create_category(body)
        if path == "/vendors":
            return self.create_vendor(body)
        if path == "/products":
            return self.create_product(body)
        if path == "/promotions":
            return self.define_promotion(body)
        if path.endswith("/coupons"):
            return self.add_code(path.split("/")[2], body["code"])
        if path in ("/shipping-plan", "/tax-rates"):
            return self.put_once(self.plan if path == "/shipping-plan" else self.tax_rates, body)
        if path.startswith("/collections/"):
            return self.put_collection(path.split("/")[2], body)
        if path.endswith("/pictures"):
            return self.add_picture(path.split("/")[2], body)
        return self.book(path.split("/")[2], body)

    def create_category(self, body: Body) -> Reply:
        if body["id"] in self.categories:
            return 409, {"code": "category_exists"}
        if body["parent_id"] not in {None, *self.categories}:
            return 422, {"code": "unknown_parent"}
        self.categories[body["id"]] = body
        return 201, body

    def create_vendor(self, body: Body) -> Reply:
        if body["id"] in self.vendors:
            return 409, {"code": "vendor_exists"}
        self.vendors[body["id"]] = body
        return 201, body

    def create_product(self, body: Body) -> Reply:
        wanted = {variant["sku"] for variant in body["variants"]}
        for product in self.products.values():
            if wanted & {variant["sku"] for variant in product["variants"]}:
                return 409, {"code": "sku_taken", "product_id": product["id"]}
        if body["vendor_id"] not in self.vendors or not set(body["category_ids"]) <= set(self.categories):
            return 422, {"code": "unknown_reference"}
        product_id = f"prd_{len(self.products):04}"
        self.products[product_id] = {"id": product_id, **body}
        return 201, self.products[product_id]

    def put_collection(self, collection_id: str, body: Body) -> Reply:
        if collection_id in self.collections:
            return 428, {"code": "precondition_required"}
        self.collections[collection_id] = body
        return 201, {"id": collection_id, **body}

    def define_promotion(self, body: Body) -> Reply:
        promotion_id = f"prm_{len(self.promotions):04}"
        self.promotions[promotion_id] = {"id": promotion_id, "status": "active", **body}
        return 201, self.promotions[promotion_id]

    def add_code(self, promotion_id: str, code: str) -> Reply:
        if code in self.codes:
            return 409, {"code": "coupon_taken"}
        self.codes[code] = promotion_id
        return 201, {"code": code}

    def put_once(self, kept: Body, body: Body) -> Reply:
        if kept:
            return 412, {"code": "precondition_failed"}
        kept.update(body)
        return 200, body

    def add_picture(self, product_id: str, body: Body) -> Reply:
        made = {"id": f"pic_{product_id}", **body}
        self.pictures.setdefault(product_id, []).append(made)
        fields = {"key": f"uploads/{made['id']}", "Content-Type": body["content_type"]}
        return 201, {"picture": made, "upload": {"url": self.upload_url, "fields": fields}}

    def book(self, product_id: str, body: Body) -> Reply:
        if body["sku"] not in {variant["sku"] for variant in self.products[product_id]["variants"]}:
            return 404, {"code": "sku_unknown"}
        if body["quantity"] < 1:
            return 422, {"code": "malformed"}
        self.movements.append({"product_id": product_id, **body})
        return 201, body


def page(items: list[Body], cursor: str | None) -> Body:
    start = int(cursor or 0)
    more = start + PAGE < len(items)
    return {"items": items[start : start + PAGE], "next_cursor": str(start + PAGE) if more else None}


@contextmanager
def opened(shop: ShopOnTheWire) -> Iterator[str]:
    """Serve the shop on a free port and give its address."""

    class Handler(ShopHandler):
        wired = shop

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        shop.upload_url = f"http://127.0.0.1:{server.server_port}/bucket"
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/"
        finally:
            server.shutdown()


class ShopHandler(BaseHTTPRequestHandler):
    wired: ShopOnTheWire

    def do_GET(self) -> None:
        self.answer(lambda path, cursor: self.wired.get(path, cursor))

    def do_PUT(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        if self.path == "/bucket":
            self.take_file()
            return
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(lambda path, cursor: self.wired.post(path, self.headers["Idempotency-Key"], body))

    def take_file(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        form = BytesParser().parsebytes(
            b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + content
        )
        if not self.wired.takes_files:
            self.say(403, {})
            return
        parts = {part.get_param("name", header="content-disposition"): part for part in form.get_payload()}
        self.wired.files[parts["key"].get_payload()] = parts["file"].get_payload(decode=True)
        self.say(204, {})

    def answer(self, reply_to: Callable[[str, str | None], Reply]) -> None:
        address = urlsplit(self.path)
        path, cursor = address.path.removeprefix("/v1"), parse_qs(address.query).get("cursor", [None])[0]
        with self.counted(), self.wired.lock:
            status, body = self.refusal() or reply_to(path, cursor)
            lost = self.command == "POST" and self.wired.lose_answer(self.headers["Idempotency-Key"])
        if not lost:
            self.say(status, body)

    def refusal(self) -> Reply | None:
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return 401, {"code": "unauthenticated"}
        return None

    def say(self, status: int, body: Body) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        if body.get("code") == "still_running":
            self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(content)

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self.wired.lock:
            self.wired.at_once += 1
            self.wired.most_at_once = max(self.wired.most_at_once, self.wired.at_once)
        try:
            threading.Event().wait(self.wired.takes_seconds)
            yield
        finally:
            with self.wired.lock:
                self.wired.at_once -= 1

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output quiet."""
