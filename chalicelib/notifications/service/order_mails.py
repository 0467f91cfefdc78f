"""What are buyers told of their orders?"""

from chalicelib.core.i18n import locales
from chalicelib.notifications import letters, rules
from chalicelib.notifications.service.mailing import mail_once
from chalicelib.orders import service as orders

_ORDER_CONFIRMATION = "order_confirmation"


def confirm_order(owner: str, order_id: str) -> None:
    """Mail the buyer that the order is placed, in the language of the order; a second call sends nothing.

    Raises ``MailNotSent`` and ``DeliveryUnderWay``, after which it is to be called again later.
    """
    order = orders.get_order(owner, order_id)
    language = letters.language_for(order.locale)
    about = rules.confirmation(
        order.quote,
        order.shipping_address,
        number=order.number,
        titles=[locales.in_locale(line.title, language) for line in order.quote.lines],
        locale=language,
    )
    letter = letters.rendered(_ORDER_CONFIRMATION, language, about=about)
    mail_once(f"{_ORDER_CONFIRMATION}.{order_id}", letter, to=order.email)
