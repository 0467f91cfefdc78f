"""How does a shop get its first admin? `python -m infra.commands.make_admin EMAIL` makes one, or promotes a user."""

import argparse
import getpass
import os
import sys

from pydantic import TypeAdapter, ValidationError

from chalicelib.core import audit
from chalicelib.core.errors import Refusal
from chalicelib.core.i18n import locales
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from chalicelib.core.wire import Email
from chalicelib.users import service as users
from infra import common_passwords
from infra.commands.target import ShopNotFound, add_choices, chosen_cloud, operator, point_at, table_of

PASSWORD = "NEXUS_ADMIN_PASSWORD"  # noqa: S105 - the name of a variable


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, find the table, make the admin and say who it is."""
    parser = argparse.ArgumentParser(prog="python -m infra.commands.make_admin", description=__doc__)
    parser.add_argument("email", help="address of the admin")
    parser.add_argument("--name", default="Admin", help="name of an account that must be made")
    add_choices(parser)
    chosen = parser.parse_args(arguments)
    try:
        email = TypeAdapter[str](Email).validate_python(chosen.email)
        cloud = chosen_cloud()
        point_at(cloud, table=table_of(cloud, stack=chosen.stack, table=chosen.table))
        user_id = make_admin(email, name=chosen.name)
    except ShopNotFound as problem:
        sys.exit(str(problem))
    except ValidationError:
        sys.exit(f"{chosen.email} is no e-mail address")
    except Refusal as refusal:
        sys.exit(locales.message(f"details.{refusal.code}", settings.default_locale, refusal.facts))
    print(f"{email} is an admin: {user_id}")


def make_admin(email: str, *, name: str, password: str | None = None) -> str:
    """Make whoever has this address an admin, with a new account if there is none; return the user's id.

    A new account's password is asked for, or read from ``NEXUS_ADMIN_PASSWORD``.
    """
    contact = users.contact_of(email, None)
    if users.find_user_id(contact) is None:
        password = password or os.environ.get(PASSWORD) or getpass.getpass(f"Password for {email}: ")
        make_user(email, name=name, password=password)

    def promoted() -> str:
        with transactions.write():
            user_id = users.make_admin(contact)
            audit.record("make_admin", subject=user_id)
        return user_id

    with audit.acting(operator()):
        return transactions.settled(promoted)


def make_user(email: str, *, name: str, password: str) -> None:
    """Make a customer's account at an operator's word: nobody has to confirm the address. One that is there stays."""
    contact = users.contact_of(email, None)
    common_passwords.build()
    if users.find_user_id(contact) is None:
        with audit.acting(operator()):
            users.register(contact, password=password, name=name, locale=settings.default_locale)


if __name__ == "__main__":
    main()
