"""What do the pages at /docs and /redoc consist of? Files of a pinned package, and a few of our own, put together here.

Nothing of it is committed and nothing is loaded from elsewhere: building takes Swagger UI and ReDoc out of
the package `drf-spectacular-sidecar`, which development installs, names each file by its content, and puts
all of it beside the code of the platform's function.
"""

import hashlib
import json
import re
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUR_OWN = ROOT / "infra" / "pages"
ASSETS = ROOT / "chalicelib" / "platform" / "assets"
INDEX = "index.json"
PACKAGE = "drf-spectacular-sidecar"
# Our name, and where the package has it.
TAKEN = {
    "swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
    "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "swagger-ui-license.txt": "swagger-ui-dist/LICENSE",
    "redoc.standalone.js": "redoc/bundles/redoc.standalone.js",
    "redoc-license.txt": "redoc/LICENSE",
    "redoc-packages-licenses.txt": "redoc/bundles/redoc.standalone.js.LICENSE.txt",
}
HASH_LENGTH = 12
# Browsers' developer tools would ask for a file that is not there.
_SOURCE_MAP = re.compile(r"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+\*/)\s*$")
_NAME = re.compile(r"{{([\w.-]+)}}")


def build(folder: Path = ASSETS) -> None:
    """Write every file that the platform hands out; what is there already, and the same, stays untouched."""
    files = _files()
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in folder.iterdir()} - files.keys():
        (folder / stale).unlink()
    for name, text in files.items():
        content = text.encode()
        if not (folder / name).exists() or (folder / name).read_bytes() != content:
            (folder / name).write_bytes(content)


def _files() -> dict[str, str]:
    """Return all files by the names that they are built under."""
    loaded = {name: _taken(place) for name, place in TAKEN.items()}
    loaded |= {path.name: path.read_text("utf-8") for path in OUR_OWN.glob("*") if path.suffix in (".css", ".js")}
    named = {name: _named_by_content(name, text) for name, text in loaded.items()}
    pages = {path.name: _with_names(path.read_text("utf-8"), named) for path in OUR_OWN.glob("*.html")}
    assets = {named[name]: text for name, text in loaded.items()}
    index = json.dumps({name: _digest(text) for name, text in sorted(assets.items())}, indent=1)
    return {
        **assets,
        **pages,
        "openapi.json": (ROOT / "docs" / "openapi.json").read_text("utf-8"),
        INDEX: f"{index}\n",
    }


def _taken(place: str) -> str:
    # Read as files: importing the package would need the web framework that it was made for.
    path = Path(
        str(distribution(PACKAGE).locate_file(f"drf_spectacular_sidecar/static/drf_spectacular_sidecar/{place}"))
    )
    return _SOURCE_MAP.sub("\n", path.read_text("utf-8"))


def _named_by_content(name: str, text: str) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{_digest(text)[:HASH_LENGTH]}.{suffix}"


def _with_names(page: str, named: dict[str, str]) -> str:
    return _NAME.sub(lambda found: named[found[1]], page)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    build()
