"""How long does a function take to begin? Its imports in a fresh interpreter, and whose they are."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from statistics import median

from infra.packaging import REPOSITORY

RUNS = 5
# Compiled code is kept apart from the repository; the run that compiles it is not counted.
_COMPILED = REPOSITORY / ".local" / "bench" / "compiled"
_OFFENDERS = 4
_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")
_LOADED = """
import gc, importlib, json, sys
before = set(sys.modules)
importlib.import_module(sys.argv[1])
made = sys.modules.get("botocore.client")
clients = [each for each in gc.get_objects() if made and isinstance(each, made.BaseClient)]
print(json.dumps({"modules": sorted(set(sys.modules) - before), "clients": len(clients)}))
"""


@dataclass(frozen=True)
class ColdImport:
    """Milliseconds of CPU beyond a bare interpreter's, and the packages that took most of it."""

    milliseconds: float
    offenders: dict[str, float]


@dataclass(frozen=True)
class Loaded:
    """What is there after a function was imported."""

    modules: frozenset[str]
    clients: int

    def has(self, name: str) -> bool:
        """Tell whether a module was loaded."""
        return name in self.modules


def functions() -> list[str]:
    """Return the module of every Lambda."""
    found = (path.relative_to(REPOSITORY) for path in (REPOSITORY / "functions").glob("*/*.py"))
    return sorted(".".join(path.with_suffix("").parts) for path in found if path.stem != "__init__")


def bare_interpreter(*, runs: int = RUNS) -> float:
    """Return the CPU milliseconds of an interpreter that does nothing: the yardstick of imports."""
    return median(_cpu_milliseconds("pass") for _ in range(runs))


def cold_imports(modules: list[str], *, bare: float, runs: int = RUNS) -> dict[str, ColdImport]:
    """Measure each module in fresh interpreters."""
    return {module: ColdImport(_of(module, runs) - bare, _offenders(module)) for module in modules}


def loaded_by(module: str) -> Loaded:
    """Import a function in a process of its own and look at what came with it."""
    found = json.loads(_python("-c", _LOADED, module).stdout)
    return Loaded(frozenset(found["modules"]), found["clients"])


def _of(module: str, runs: int) -> float:
    _python("-c", f"import {module}")
    return median(_cpu_milliseconds(f"import {module}") for _ in range(runs))


def _cpu_milliseconds(code: str) -> float:
    """Return the CPU time, system included, of a fresh interpreter that runs this and ends."""
    process = subprocess.Popen([sys.executable, "-c", code], env=_environment(), cwd=REPOSITORY)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"`{code}` failed")
    return (used.ru_utime + used.ru_stime) * 1000


def _offenders(module: str) -> dict[str, float]:
    """Share the import among the packages; measuring each import makes it slower, so only the order counts."""
    spent: Counter[str] = Counter()
    for microseconds, name in _LINE.findall(_python("-X", "importtime", "-c", f"import {module}").stderr):
        package = name.partition(".")[0]
        spent[package if package not in sys.stdlib_module_names else "standard library"] += int(microseconds)
    return {package: used / 1000 for package, used in spent.most_common(_OFFENDERS)}


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=_environment(), cwd=REPOSITORY, capture_output=True, text=True, check=True
    )


def _environment() -> dict[str, str]:
    """Return an environment in which nothing of the caller's shell is seen and compiled code is kept."""
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPYCACHEPREFIX": str(_COMPILED)}
