"""Which operations do notifications have? One, for those who send texts on our behalf."""

from chalicelib.core.http import FORM_TYPES, Request, Router, public
from chalicelib.notifications.errors import CallbackNotGenuine
from chalicelib.notifications.service import reports

router = Router("notifications")


@router.post(
    "/webhooks/twilio/{message_id}", access=public, status=204, consumes=FORM_TYPES, raises=(CallbackNotGenuine,)
)
def receive_text_report(message_id: str, request: Request) -> None:
    """Take a status callback of Twilio's. It must carry ``X-Twilio-Signature`` over its address and all its fields.

    What is not news, or not about a message of ours, is taken and changes nothing.
    """
    reports.receive_report(message_id, request.form, request.headers.get(reports.SIGNATURE_HEADER))
