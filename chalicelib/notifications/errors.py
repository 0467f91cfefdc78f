"""How can a message fail to leave? Faults, not refusals: the queue tries again, then keeps it as a dead letter."""


class MailNotSent(Exception):
    """The mail service did not take a mail. Carries its error code only, since its words quote addresses."""


class DeliveryUnderWay(Exception):
    """Somebody else holds the lease; whoever asks again later finds the message sent, or the lease over."""
