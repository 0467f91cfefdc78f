"""Which files are generated from the declarations? Write them, or with ``--check`` say which are stale."""

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from chalicelib import VERSION
from chalicelib.core.http import Api
from chalicelib.core.http.gateway import definition
from chalicelib.core.http.openapi import document
from chalicelib.core.settings import Setting, declared
from infra.docs.events import catalogue

ROOT = Path(__file__).parent.parent


def api_functions() -> dict[str, Api]:
    """Return the API of each file in functions/api, by the file's name."""
    modules = {path.stem: importlib.import_module(f"functions.api.{path.stem}") for path in _api_files()}
    return {stem: module.app for stem, module in modules.items() if isinstance(module.app, Api)}


def gateway_definition() -> str:
    """Return infra/api.json: what API Gateway routes where."""
    operations = {stem: app.operations for stem, app in api_functions().items()}
    return _as_json(definition(operations))


def openapi_document() -> str:
    """Return docs/openapi.json: what callers may rely on."""
    operations = [operation for app in api_functions().values() for operation in app.operations]
    return _as_json(document(operations, version=VERSION))


def env_example() -> str:
    """Return .env.example: every setting with its default; secrets are named, never given."""
    blocks = [
        f"# {setting.meaning}\n{'' if setting.default is not None else '# '}{setting.name}={setting.default or ''}\n"
        for setting in declared()
    ]
    return "# Every setting. A line that is commented out has no default.\n\n" + "\n".join(blocks)


def configuration() -> str:
    """Return docs/configuration.md: meaning, default and secrecy of every setting."""
    rows = [f"| `{each.name}` | {each.meaning} | {_default(each)} | {_secrecy(each)} |" for each in declared()]
    head = (
        "# Configuration\n\nEvery setting is an environment variable, declared once in"
        " `chalicelib/core/settings.py` and read on use. `template.yaml` sets them for each function.\n\n"
        "| setting | meaning | default | secret |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


GENERATED: dict[str, Callable[[], str]] = {
    "infra/api.json": gateway_definition,
    "docs/openapi.json": openapi_document,
    ".env.example": env_example,
    "docs/configuration.md": configuration,
    "docs/events.md": catalogue,
}


def stale() -> list[str]:
    """Return the generated files that do not say what the declarations say."""
    return [name for name, text in GENERATED.items() if _present(ROOT / name) != text()]


def main() -> int:
    """Write every generated file, or check them all."""
    if "--check" in sys.argv:
        names = stale()
        for name in names:
            print(f"{name} is stale: run `make generate`")
        return 1 if names else 0
    for name, text in GENERATED.items():
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(text(), encoding="utf-8")
        print(f"wrote {name}")
    return 0


def _api_files() -> list[Path]:
    return sorted(path for path in (ROOT / "functions" / "api").glob("*.py") if path.stem != "__init__")


def _present(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _as_json(document: object) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _default(setting: Setting[object]) -> str:
    return "none: must be set" if setting.default is None else f"`{setting.default}`" if setting.default else "empty"


def _secrecy(setting: Setting[object]) -> str:
    return "yes" if setting.is_secret else "names a secret" if setting.name.endswith("_SECRET") else "no"


if __name__ == "__main__":
    sys.exit(main())
