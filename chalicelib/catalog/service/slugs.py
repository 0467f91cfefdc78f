"""What is a product called in addresses? By one slug a language; those that it had lead to it, too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import SlugNotFound, SlugTaken
from chalicelib.catalog.models import Product, ProductSlug
from chalicelib.core.i18n.locales import in_locale, locale_told
from chalicelib.core.storage import keys, transactions

Place = tuple[str, str]  # language and slug


@dataclass(frozen=True)
class Destination:
    """Where a slug leads, and by which slug one should go there."""

    product: Product
    slug: str
    locale: str
    is_current: bool


def settle(product: Product, was: Mapping[str, str] | None = None) -> list[ProductSlug]:
    """Give a product its slugs: those that it was told to have, and one made of the title where there is none.

    Returns the guards that must be made with it. Raises ``SlugTaken``. 1 read, none when no slug is new.
    """
    was, title = was or {}, product.details.title
    told = {locale: slug for locale, slug in product.details.slugs.items() if locale in title}
    new = {(locale, slug) for locale, slug in told.items() if was.get(locale) != slug}
    tries = {
        locale: list(rules.candidates(words, product.product_id))
        for locale, words in title.items()
        if locale not in told
    }
    owners = _owners({*new, *((locale, slug) for locale, slugs in tries.items() for slug in slugs)})
    for locale, slug in sorted(new):
        if owners.get((locale, slug), product.product_id) != product.product_id:
            raise SlugTaken(slug=slug, locale=locale, product_id=owners[locale, slug])
    for locale, slugs in tries.items():
        free = (each for each in slugs if owners.get((locale, each), product.product_id) == product.product_id)
        told[locale] = next(free, slugs[-1])
        new.add((locale, told[locale]))
    product.details = replace(product.details, slugs={locale: told[locale] for locale in title})
    return [_guard(product, place) for place in sorted(new) if place not in owners]


def save_slugs(guards: Iterable[ProductSlug]) -> None:
    """Make guards, in the open transaction. Taken meanwhile, all is decided anew."""
    with transactions.write() as work:
        for guard in guards:
            work.create(guard)


def product_with_slug(slug: str, locale: str) -> Destination:
    """Return where a slug leads, in that language or else in another one: 1 Query, 1 read.

    Raises ``SlugNotFound``, also when the product is not shown.
    """
    by_locale = {each.locale: each for each in store.products_with_slug(slug)}
    asked = locale_told(dict.fromkeys(by_locale, slug), locale)
    product = store.find_product(by_locale[asked].product_id) if asked in by_locale else None
    if product is None or not rules.is_shown(product.status, product.details):
        raise SlugNotFound(slug=slug)
    slugs = product.details.slugs
    now, told_in = in_locale(slugs, asked), locale_told(slugs, asked)
    return Destination(product, now, told_in, is_current=(now, told_in) == (slug, asked))


def _owners(places: Iterable[Place]) -> dict[Place, str]:
    """Return which product has or had which slug."""
    wanted = [keys.product_slug(slug, locale) for locale, slug in sorted(places)]
    found = store.named_or_taken(wanted) if wanted else []
    return {(each.locale, each.slug): each.product_id for each in found if isinstance(each, ProductSlug)}


def _guard(product: Product, place: Place) -> ProductSlug:
    locale, slug = place
    key = keys.product_slug(slug, locale)
    return ProductSlug.at(key, slug=slug, locale=locale, product_id=product.product_id)
