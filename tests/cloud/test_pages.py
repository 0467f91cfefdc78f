"""Does a deployed shop hand out its documentation through the gateway?"""

import json
from urllib.request import urlopen

from tests.support.cloud import Shop


def test_the_deployed_shop_hands_out_its_documentation(shop: Shop) -> None:
    with urlopen(f"{shop.api_url}/openapi.json") as answer:
        document = json.load(answer)
    with urlopen(f"{shop.api_url}/docs") as answer:
        page = answer.read().decode()
        policy = answer.headers["Content-Security-Policy"]

    assert document["openapi"].startswith("3.1")
    assert "script-src 'self';" in policy
    script = page.split('<script src="')[1].partition('"')[0]
    with urlopen(f"{shop.api_url}/{script}") as answer:
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert len(answer.read()) > 1_000_000
