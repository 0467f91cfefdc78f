"""Which operations are there for collections?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import CollectionNotFound, PreconditionRequired
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import CollectionDraft, CollectionView, StaffCollectionView
from chalicelib.core.http import Answer, IfMatch, Request, paging, public, staff
from chalicelib.core.wire import Page, PageQuery


@router.get("/collections", access=public, is_cacheable=True)
def list_collections(query: PageQuery, request: Request) -> Page[CollectionView]:
    """List the collections that staff put together, by id."""
    found = catalog.all_collections(after=paging.start(request), limit=query.limit)
    return paging.page(found, request, lambda each: views.collection_view(each, request.locale))


@router.get("/collections/{collection_id}", access=public, is_cacheable=True, raises=(CollectionNotFound,))
def read_collection(collection_id: str, request: Request) -> Answer[CollectionView]:
    """Read what is told of a collection. Its products are listed by `GET /products?collection=`."""
    found = catalog.get_collection(collection_id)
    return Answer(views.collection_view(found, request.locale), version=found.version)


@router.get("/staff/collections/{collection_id}", access=staff("catalog.manage"), raises=(CollectionNotFound,))
def read_collection_as_staff(collection_id: str) -> Answer[StaffCollectionView]:
    """Read a collection in every language, with the ids of all its products."""
    found = catalog.collection_for_staff(collection_id)
    return Answer(views.staff_collection_view(found), version=found.version)


@router.put(
    "/collections/{collection_id}",
    access=staff("catalog.manage"),
    if_match=IfMatch.HONOURED,
    raises=(PreconditionRequired,),
)
def put_collection(collection_id: str, body: CollectionDraft, request: Request) -> Answer[StaffCollectionView]:
    """Make a collection, or put another one in the place of the one that was read, as `If-Match` then says.

    Products that are not there, or not shown, do no harm: they are left out of the list.
    """
    made = catalog.put_collection(collection_id, body, if_version=request.if_version)
    return Answer(views.staff_collection_view(made), version=made.version)


@router.delete(
    "/collections/{collection_id}",
    access=staff("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(CollectionNotFound,),
)
def remove_collection(collection_id: str, request: Request) -> None:
    """Take a collection away. Its products stay; the one called `featured` is empty from then on."""
    catalog.remove_collection(collection_id, if_version=request.if_version)
