"""How do the goods of the demo shop get their pictures? Drawn here, and uploaded as any seller would."""

import urllib.request
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from infra.local.demo_shop import requests_for
from infra.local.demo_shop.drawing import drawn
from infra.local.demo_shop.shop import Product
from infra.local.demo_shop.wire import TIMEOUT_SECONDS, Api

_AT_ONCE = 4


def hang_pictures(
    api: Api, products: tuple[Product, ...], product_ids: Mapping[str, str], progress: Callable[[str], None]
) -> int:
    """Give a picture to each product that has none, and return how many got one; they are shown a little later."""

    def hang(product: Product) -> bool:
        return _hang(api, product, product_ids[product.variants[0].sku])

    progress("Drawing what has no picture yet")
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="demo-pictures") as pool:
        return sum(pool.map(hang, products))


def _hang(api: Api, product: Product, product_id: str) -> bool:
    if api.send(requests_for.pictures_of(product_id)).body.get("items"):
        return False
    requested = api.send(requests_for.picture(product_id, product)).body
    url, fields = requests_for.upload_in(requested)
    post_form(url, fields, drawn(product.variants[0].sku, product.category_ids[0]))
    return True


def post_form(url: str, fields: Mapping[str, str], content: bytes) -> None:
    """Send a file as browsers do (RFC 7578); raises ``HTTPError`` when it is not taken."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="picture.jpg"\r\n\r\n'.encode()
    body = b"".join([*parts, head, content, f"\r\n--{boundary}--\r\n".encode()])
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
        pass
