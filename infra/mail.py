"""May the shop send mail? A cloud on this machine is told so at once; on AWS its owner proves the domain."""

from email.utils import parseaddr

from infra.clouds import Cloud


def admit_sender(cloud: Cloud, sender: str) -> None:
    """Let a local cloud's SES accept mail from this sender."""
    if cloud.is_local:
        cloud.client("ses").verify_email_identity(EmailAddress=parseaddr(sender)[1])
