"""How does a request name what many change? By its tag at the moment when the request goes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.permissions.stage import Stage


@dataclass(frozen=True)
class TagAsItIs(Mapping[str, str]):
    """The header that names something shared as it is then; other requests change it meanwhile."""

    stage: Stage
    path: str

    def __getitem__(self, name: str) -> str:
        return self.stage.market.staff.get(self.path).headers["etag"]

    def __iter__(self) -> Iterator[str]:
        yield "if_match"

    def __len__(self) -> int:
        return 1
