"""How do events reach the queue that keeps the lists?"""

import json

from chalicelib.catalog.models import Product
from chalicelib.core.events import event as events
from functions.queues.catalog_cards import handler

Envelope = dict[str, object]


def announced(product: Product) -> Envelope:
    """Return what the publisher makes of a product as it was saved."""
    assert product.event is not None
    return events.envelope(product.event)


def deliver(*envelopes: Envelope) -> dict[str, object]:
    """Hand envelopes over as SQS does."""
    records = [{"messageId": str(number), "body": json.dumps(each)} for number, each in enumerate(envelopes)]
    return handler({"Records": records}, None)
