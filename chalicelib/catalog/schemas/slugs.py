"""How do slugs look on the wire?"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.core.wire import Locale, Slug, View

Slugs = Annotated[
    dict[Locale, Slug],
    Field(description="By language; of languages that are absent, the slug stays or is made of the title."),
]


class SlugFilter(BaseModel):
    """In which language the slug was told."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    locale: Annotated[Locale | None, Field(description="The reader's language unless given.")] = None


class ProductSlugView(View):
    """The product that a slug leads to. Unless the slug ``is_current``, the address with ``slug`` is the right one."""

    product_id: str
    slug: str
    locale: str
    is_current: bool
