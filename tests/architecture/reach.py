"""What can a function come to do? Follows the names in its code from the entry to each write, without running it.

It follows what is named: functions, classes, constants. It does not see what is only found while running (a function
that is handed over as a value of an object, a class looked up by a text), and takes every branch for possible.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.architecture.checkers.source import python_files
from tests.architecture.key_shapes import MODULES, partitions

ITEM = "chalicelib.core.storage.table.Item"
# What the frame around every operation and reaction writes is told by their declarations, not by what they name.
FRAMES = ("chalicelib.core.http", "chalicelib.core.events.consuming")
WRITES = {"create", "save", "replace", "update", "delete"}
Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True)
class Reach:
    """The code below `chalicelib` and `functions` of a tree, its names resolved."""

    root: Path
    _referred: dict[str, frozenset[str]] = field(default_factory=dict)

    def partitions_written_by(self, file: str) -> set[str]:
        """The partitions, such as `USER#*`, that `functions/api/users` can come to write in its domains."""
        found: set[str] = set()
        for name in self.reached_from(file):
            for kind in self._kinds_written(name):
                found |= {self._partitions[key] for key in self._keys_of.get(kind, set())}
        return found

    def reached_from(self, file: str) -> set[str]:
        """The dotted names of all that it can come to run, the frame of operations and reactions left out."""
        return self._reached(self._entries(file.replace("/", ".")))

    def settings_read_by(self, file: str) -> set[str]:
        """The settings that all this reads: `settings.chapa_secret`."""
        nodes = (node for name in self.reached_from(file) for node in ast.walk(self._definitions[name][1]))
        return {name for node in nodes if (name := _dotted(node)).startswith("settings.")}

    @cached_property
    def _modules(self) -> dict[str, ast.Module]:
        files = python_files(self.root, "chalicelib", "functions")
        return {".".join(file.parts).removesuffix(".__init__"): file.tree for file in files}

    @cached_property
    def _partitions(self) -> dict[str, str]:
        shapes = [partitions(self._modules[module]) for module in MODULES if module in self._modules]
        return {name: partition for each in shapes for name, partition in each.items()}

    @cached_property
    def _definitions(self) -> dict[str, tuple[str, Definition]]:
        """Each function, class and constant of a module by its dotted name, with its module."""
        return {
            f"{module}.{name}": (module, node)
            for module, tree in self._modules.items()
            for node in tree.body
            if isinstance(node, Definition)
            for name in _names_given(node)
        }

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """What each name in a module stands for, as a dotted name."""
        found: dict[str, dict[str, str]] = {module: {} for module in self._modules}
        for dotted, (module, _) in self._definitions.items():
            found[module][dotted.rpartition(".")[2]] = dotted
        for module, tree in self._modules.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.module:
                    found[module] |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
        return found

    def _meant(self, module: str, node: ast.AST | None) -> str:
        """The dotted name of what an expression like `orders.place` finally names, or nothing."""
        head, *tail = _dotted(node).split(".")
        target = self._names[module].get(head, "")
        return self._resolved(".".join((target, *tail))) if target else ""

    def _resolved(self, dotted: str) -> str:
        """Go through packages that pass a name on; of `Class.method`, keep the class."""
        if dotted in self._definitions:
            return dotted
        head, _, tail = dotted.rpartition(".")
        passed_on = self._names.get(head, {}).get(tail, dotted)
        if passed_on != dotted:
            return self._resolved(passed_on)
        if dotted in self._modules or not head:
            return dotted
        before = self._resolved(head)
        if before in self._definitions:
            return before
        return self._resolved(f"{before}.{tail}") if before and before != head else ""

    def _refers(self, name: str) -> frozenset[str]:
        if name not in self._referred:
            module, node = self._definitions[name]
            self._referred[name] = frozenset(self._named_in(module, node) - {name})
        return self._referred[name]

    def _named_in(self, module: str, node: ast.AST) -> set[str]:
        return {self._meant(module, each) for each in ast.walk(node)} & self._definitions.keys()

    def _reached(self, entries: Iterable[str]) -> set[str]:
        waiting, seen = list(entries), set()
        while waiting:
            name = waiting.pop()
            if name not in seen and not self._definitions[name][0].startswith(FRAMES):
                seen.add(name)
                waiting += self._refers(name)
        return seen

    def _entries(self, module: str) -> set[str]:
        """What a file in functions/ runs: what its handler names, and all that is declared on that by decorators."""
        imported = {
            self._resolved(target) for target in self._names[module].values() if target.startswith("chalicelib")
        }
        entries = imported & self._definitions.keys()
        while True:
            declared = {name for name, by in self._decorated if by in entries} - entries
            if not declared:
                return entries
            entries |= declared

    @cached_property
    def _decorated(self) -> set[tuple[str, str]]:
        """Each function with what one of its decorators belongs to."""
        return {
            (name, self._meant(module, decorator.func if isinstance(decorator, ast.Call) else decorator))
            for name, (module, node) in self._definitions.items()
            if isinstance(node, ast.FunctionDef)
            for decorator in node.decorator_list
        }

    @cached_property
    def _items(self) -> set[str]:
        """Every class of things that are stored."""
        classes = {
            name: {self._meant(module, base) for base in node.bases}
            for name, (module, node) in self._definitions.items()
            if isinstance(node, ast.ClassDef)
        }
        found, before = {ITEM}, 0
        while len(found) > before:
            before = len(found)
            found |= {name for name, bases in classes.items() if bases & found}
        return found

    @cached_property
    def _keys_of(self) -> dict[str, set[str]]:
        """By which functions of `keys` each kind of item is made: `Cart.at(keys.cart(...))`."""
        found: dict[str, set[str]] = {}
        for name, (module, node) in self._definitions.items():
            for call in _calls(node, "at"):
                kind = name if _dotted(call.func) == "cls.at" else self._meant(module, call.func)
                if kind in self._items:
                    shapes = {self._meant(module, each) for each in _sources(node, call.args[0])}
                    found.setdefault(kind, set()).update(
                        _last(key) for key in shapes if key.rpartition(".")[0] in MODULES
                    )
        return found

    def _kinds_written(self, name: str) -> set[str]:
        """The kinds of the items that this function or class writes itself."""
        module, node = self._definitions[name]
        found: set[str] = set()
        for call in (each for verb in WRITES for each in _calls(node, verb) if _dotted(each.func) == f"work.{verb}"):
            named = {self._meant(module, each) for each in _sources(node, call.args[0])} & self._definitions.keys()
            named |= {each for function in named for each in self._returned_by(function)}
            found |= self._items_near(module, named) or self._items_near(module, self._named_in(module, node))
        return found

    def _returned_by(self, name: str) -> set[str]:
        """What a function is said to return; one that only promises some item returns any that it names."""
        module, node = self._definitions[name]
        if not isinstance(node, ast.FunctionDef) or node.returns is None:
            return set()
        promised = self._named_in(module, node.returns)
        return promised | self._refers(name) if ITEM in promised else promised

    def _items_near(self, module: str, named: set[str]) -> set[str]:
        """Those among names that are items of the same domain or of core: nobody writes another domain's."""
        near = (".".join(module.split(".")[:2]) + ".", "chalicelib.core.")
        return {each for each in named & self._items if each.startswith(near)}


def _names_given(node: Definition) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [each.id for each in targets if isinstance(each, ast.Name)]


def _calls(node: ast.AST, method: str) -> Iterator[ast.Call]:
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == method:
            yield each


def _sources(within: ast.AST, value: ast.expr) -> Iterator[ast.AST]:
    """The names that say of which kind a value is: its own, and those of what its names were given in the function."""
    waiting, seen = [value], set()
    while waiting:
        names = list(_telling(waiting.pop()))
        yield from names
        new = {node.id for node in names if isinstance(node, ast.Name)} - seen
        seen |= new
        waiting += [given for name, given in _given(within) if name in new]


def _telling(value: ast.AST) -> Iterator[ast.AST]:
    """Every name in an expression but for the arguments of calls, which say nothing of what comes back."""
    if isinstance(value, ast.Call):
        yield from _telling(value.func)
        return
    if isinstance(value, ast.Name | ast.Attribute):
        yield value
    for child in ast.iter_child_nodes(value):
        yield from _telling(child)


def _given(within: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(within):
        if isinstance(node, ast.arg) and node.annotation is not None:
            yield node.arg, node.annotation
        elif isinstance(node, ast.Assign):
            yield from ((name, node.value) for target in node.targets for name in _names_in(target))
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr):
            yield from ((name, each) for name in _names_in(node.target) for each in _parts(node))
        elif isinstance(node, ast.For | ast.comprehension):
            yield from ((name, node.iter) for name in _names_in(node.target))


def _parts(node: ast.AnnAssign | ast.NamedExpr) -> Iterator[ast.expr]:
    if node.value is not None:
        yield node.value
    if isinstance(node, ast.AnnAssign):
        yield node.annotation


def _names_in(target: ast.AST) -> Iterator[str]:
    yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _dotted(node: ast.AST | None) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]
