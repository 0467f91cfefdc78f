"""Where does the audit trail lie? Every key shape of the table that it has to itself."""

from chalicelib.core.storage.key import Key

_ONE_SHARD = "0"


def audit_chain(chain: str) -> str:
    return f"AUDIT#{chain}"


def audit_entry(chain: str, place: str) -> Key:
    return Key(audit_chain(chain), f"ENTRY#{place}")


def audit_guard(event_id: str) -> Key:
    return Key(f"AUDITED#{event_id}", "GUARD")


def audit_subject(subject: str) -> str:
    return f"SUBJECT#{subject}"


def audit_actor(actor: str) -> str:
    return f"ACTOR#{actor}"


def audit_kind(kind: str) -> str:
    return f"KIND#{kind}#{_ONE_SHARD}"
