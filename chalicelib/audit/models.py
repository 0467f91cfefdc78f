"""How is the audit trail stored? In a table of its own, whose rows are put once and never touched again."""

from pynamodb.connection import TableConnection

from chalicelib.audit.rules import Act, Link, doer_of, place, rank
from chalicelib.core.storage import connection, trail_keys
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item


class AuditEntry(Item, discriminator="audit_entry"):
    """A link of a chain. Three indexes find it: by subject, by actor, and by kind, each in order of time."""

    chain = UnicodeAttribute()
    number = IntegerAttribute()
    previous = UnicodeAttribute()
    hash = UnicodeAttribute()
    act = ValueAttribute[Act](Act)
    gsi3pk = UnicodeAttribute()
    gsi3sk = UnicodeAttribute()

    @classmethod
    def _get_connection(cls) -> TableConnection:
        return connection.audit_table()

    @classmethod
    def of(cls, link: Link) -> "AuditEntry":
        """Make the row of a link."""
        return cls.at(
            trail_keys.audit_entry(link.chain, place(link.number)),
            chain=link.chain,
            number=link.number,
            previous=link.previous,
            hash=link.hash,
            act=link.act,
            gsi1pk=trail_keys.audit_subject(link.act.subject),
            gsi2pk=trail_keys.audit_actor(doer_of(link.act)),
            gsi3pk=trail_keys.audit_kind(link.act.kind),
            **dict.fromkeys(("gsi1sk", "gsi2sk", "gsi3sk"), rank(link)),
        )

    @property
    def link(self) -> Link:
        """Return the link that the row holds."""
        return Link(self.chain, self.number, self.previous, self.hash, self.act)


class AuditGuard(Item, discriminator="audit_guard"):
    """This event has its entry, and there."""

    chain = UnicodeAttribute()
    number = IntegerAttribute()

    @classmethod
    def _get_connection(cls) -> TableConnection:
        return connection.audit_table()
