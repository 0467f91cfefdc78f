"""How can a message fail to leave? Faults, not refusals: the queue tries again, then keeps it as a dead letter."""

from chalicelib.core.errors import Unauthenticated


class MailNotSent(Exception):
    """The mail service did not take a mail. Carries its error code only, since its words quote addresses."""


class TextNotSent(Exception):
    """The sender of texts did not answer, or not sensibly: whether a text has left is unknown."""


class TextSenderNotAccepted(Exception):
    """The sender of texts does not accept our credentials or our name; only an operator can mend that."""


class DeliveryUnderWay(Exception):
    """Somebody else holds the lease; whoever asks again later finds the message sent, or the lease over."""


class CallbackNotGenuine(Unauthenticated):
    """Somebody reports on a message without being its sender. This one is a refusal."""

    code = "callback_not_genuine"
