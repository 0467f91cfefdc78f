"""Which partitions does the table have? Reads them off the files of key shapes: `USER#*`, `CATEGORIES`."""

import ast

FILE = "chalicelib/core/storage/keys.py"
FILES = (FILE, *(f"chalicelib/core/storage/{name}_keys.py" for name in ("list", "promotion", "refund", "reminder")))
MODULES = tuple(file.removesuffix(".py").replace("/", ".") for file in FILES)


def partitions(keys: ast.Module) -> dict[str, str]:
    """The partition of each function that makes a `Key`, with a star from the first part on that differs."""
    meanings = dict(_meanings(each) for each in keys.body if isinstance(each, ast.Assign | ast.FunctionDef))
    shapes = [each for each in keys.body if isinstance(each, ast.FunctionDef) and _returned_type(each) == "Key"]
    return {each.name: _cut(_text(_made(each).args[0], meanings)) for each in shapes}


def _meanings(node: ast.Assign | ast.FunctionDef) -> tuple[str, ast.expr]:
    """What a constant is, or a function returns."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]), node.value
    return node.name, next(each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)


def _returned_type(node: ast.FunctionDef) -> str:
    return "" if node.returns is None else ast.unparse(node.returns)


def _made(shape: ast.FunctionDef) -> ast.Call:
    return next(each for each in ast.walk(shape) if isinstance(each, ast.Call) and ast.unparse(each.func) == "Key")


def _text(node: ast.expr, meanings: dict[str, ast.expr]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "*" for each in node.values)
    if isinstance(node, ast.Call):
        return _text(meanings[ast.unparse(node.func)], meanings)
    return _text(meanings[ast.unparse(node)], meanings)


def _cut(pattern: str) -> str:
    start, star, _ = pattern.partition("*")
    return start + star
