"""How do the cards of a list become what their reader sees?"""

from chalicelib.catalog.models import Card
from chalicelib.catalog.schemas import ProductCardView
from chalicelib.catalog.service import Prices
from chalicelib.catalog.views.prices import card_price_shown
from chalicelib.core.i18n.locales import in_locale


def card_view(entry: Card, locale: str, prices: Prices) -> ProductCardView:
    """Show a product in a list."""
    card = entry.card
    return ProductCardView(
        id=card.product_id,
        title=in_locale(card.title, locale),
        vendor_id=card.vendor_id,
        picture=card.picture,
        **card_price_shown(prices.of_card(card.price)),
    )
