"""What are shoppers told of carts that they left? What is in them, today's prices, and two links."""

from chalicelib.carts import service as carts
from chalicelib.catalog import service as catalog
from chalicelib.core.i18n import locales
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.notifications import letters, rules
from chalicelib.notifications.service.mailing import mail_with_opt_out

_CART_REMINDER = "cart_reminder"


def remind_of_cart(owner_id: str, cart_id: str, number: int) -> None:
    """Remind a shopper of a cart for the so-many-th time; a second call with that number sends nothing.

    Nothing is sent either when the cart was bought, emptied or turned down meanwhile, or when none of its goods is sold
    any more. The tokens stand behind ``#``, which no browser sends to a server. Raises ``MailNotSent`` and
    ``DeliveryUnderWay``, after which this is to be called again later.
    """
    left = carts.left_cart(owner_id, cart_id)
    offers = catalog.offers([line.sku for line in left.lines], left.currency) if left else {}
    if left is None or not offers:
        logger.info("nothing to remind of", cart=cart_id, number=number)
        return
    language = letters.language_for(left.locale)
    about = rules.cart_reminder(
        [
            rules.LeftLine(locales.in_locale(line.title, language), line.options, line.quantity, offers[line.sku].price)
            for line in left.lines
            if line.sku in offers
        ],
        link=f"{settings.storefront_url}/carts/recover#{left.recovery_token}",
        opt_out_link=f"{settings.storefront_url}/carts/reminders/stop#{left.opt_out_token}",
        locale=language,
    )
    letter = letters.rendered(_CART_REMINDER, language, about=about)
    mail_with_opt_out(
        f"{_CART_REMINDER}.{cart_id}.{number}",
        letter,
        to=left.email,
        opt_out_url=f"{settings.public_base_url}/cart_reminder_opt_outs/{left.opt_out_token}",
    )
