"""How large is what is put on a Lambda? Unzipped megabytes per requirement group."""

import re
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from infra.building import NEVER_IMPORTED, REQUIREMENTS, package_file, requirement_groups, requirements_of
from infra.template import FUNCTION, read_template, resources_of_type

_MEGABYTE = 1_000_000


def built_megabytes(group: str) -> float:
    """Return the unzipped size of a package that `make build` made for arm64."""
    with zipfile.ZipFile(package_file(group)) as package:
        return sum(entry.file_size for entry in package.infolist()) / _MEGABYTE


def installed_megabytes(group: str) -> float:
    """Add up a group's distributions as they are installed here: without network, and near to arm64's sizes."""
    sizes = (size for name in distributions_of(group) for path, size in _files(name) if _is_shipped(path))
    return sum(sizes) / _MEGABYTE


def group_of(module: str) -> str:
    """Return the group whose package a function such as `functions.queues.order_mails` is deployed with."""
    template = read_template()
    usual = template["Globals"]["Function"]["CodeUri"]
    for function in resources_of_type(template, FUNCTION).values():
        if function["Handler"].rpartition(".")[0] == module:
            return Path(function.get("CodeUri", usual)).stem
    raise LookupError(f"{module} is nowhere deployed")


def distributions_of(group: str) -> set[str]:
    """Return the distributions of a group, with all that they need, by their normalised names."""
    wanted = requirements_of(group, requirement_groups(REQUIREMENTS.read_text()))
    waiting, found = [Requirement(line).name for line in wanted], set[str]()
    while waiting:
        name = normalised(waiting.pop())
        if name not in found and name not in NEVER_IMPORTED:
            found.add(name)
            waiting += _needs(name)
    return found


def normalised(name: str) -> str:
    """Return a distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _needs(name: str) -> list[str]:
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    wanted = map(Requirement, lines)
    return [each.name for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})]


def _files(name: str) -> list[tuple[str, int]]:
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return []
    return [(str(path), path.size or 0) for path in files]


def _is_shipped(path: str) -> bool:
    return not (path.startswith("..") or "__pycache__" in path or path.endswith("RECORD"))
