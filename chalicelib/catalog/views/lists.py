"""How do the cards of a list become what their reader sees?"""

from chalicelib.catalog.models import Card
from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas import ProductCardView, SellerCardView
from chalicelib.catalog.service import Prices
from chalicelib.catalog.views.pictures import picture_view
from chalicelib.catalog.views.prices import card_price_shown
from chalicelib.core.i18n.locales import in_locale


def card_view(entry: Card, locale: str, prices: Prices) -> ProductCardView:
    """Show a product in a list."""
    card = entry.card
    return ProductCardView(
        id=card.product_id,
        title=in_locale(card.title, locale),
        vendor_id=card.vendor_id,
        picture=picture_view(card.product_id, card.picture, locale) if card.picture else None,
        **card_price_shown(prices.of_card(card.price)),
    )


def seller_card_view(entry: Card, locale: str, prices: Prices) -> SellerCardView:
    """Show a product in a list of those who sell it."""
    card = entry.card
    return SellerCardView(
        **dict(card_view(entry, locale, prices)),
        status=ProductStatus(card.status or ProductStatus.ACTIVE),
        awaits_approval=card.is_waiting,
    )
