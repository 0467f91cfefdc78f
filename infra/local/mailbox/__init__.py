"""How does a developer read the mail that the shop sent? See README.md beside this file."""

from infra.local.mailbox.mailbox import Mailbox

__all__ = ["Mailbox"]
