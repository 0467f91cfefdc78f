"""Does every product say what of it waits for staff, and is nothing sold that nobody approved?"""

from chalicelib.catalog import rules
from chalicelib.catalog.models import Product, Proposal
from chalicelib.catalog.rules import ProductStatus, ProposalStatus
from chalicelib.core.storage import keys
from infra.books.ledger import Books, Troubles


def proposals_wait_where_products_say(books: Books) -> Troubles:
    """A proposal has its product, which says that something waits while it is open, and only then."""
    for proposal in books.all(Proposal):
        product = books.find(Product, keys.product(proposal.product_id))
        if product is None or product.vendor_id != proposal.vendor_id:
            yield proposal.key, f"proposes something of {proposal.product_id}, which {proposal.vendor_id} does not sell"
    for product in books.all(Product):
        found = books.find(Proposal, keys.proposal(product.product_id))
        is_open = found is not None and found.status == ProposalStatus.OPEN
        if is_open != bool(product.has_proposal):
            yield product.key, f"says has_proposal {product.has_proposal}, its proposal is {found and found.status}"


def products_in_review_wait(books: Books) -> Troubles:
    """Staff have to decide about each product that is in review."""
    for product in books.all(Product):
        if product.status == ProductStatus.IN_REVIEW and not product.has_proposal:
            yield product.key, "in review, and nobody is asked to decide"


def vendors_words_are_approved(books: Books) -> Troubles:
    """No product that is or was for sale holds what its vendor told and nobody approved."""
    for product in books.all(Product):
        if product.status in rules.APPROVED and product.is_unapproved:
            yield product.key, f"{product.status}, and nobody approved what its vendor told"
