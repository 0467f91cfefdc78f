"""Checks what the documents promise: links, paths, commands, and no package registries by name."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkers.source import Finding, files_under

LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)[^)]*\)")
HEADING = re.compile(r"^#{1,6}\s+(?P<title>.+?)\s*#*$", re.MULTILINE)
FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]+`")
TOP = ("chalicelib", "functions", "statemachines", "infra", "tests", "docs", ".ci", ".chalice")
PATH = re.compile(rf"(?<![\w./<-])(?P<path>(?:{'|'.join(map(re.escape, TOP))})/[\w./-]*)(?P<after>[*<{{]?)")
VERB = re.compile(r"(?<![\w-])make(?P<verbs>(?:[ \t]+[a-z][\w-]*(?![\w-]*=))+)")
TARGET = re.compile(r"^(?P<names>[A-Za-z][\w -]*):(?!=)", re.MULTILINE)
HOSTS = re.compile(
    r"\b(pypi\.org|files\.pythonhosted\.org|registry\.npmjs\.org|(?:index\.|hub\.)?docker\.(?:io|com)|ghcr\.io"
    r"|quay\.io|public\.ecr\.aws|proxy\.golang\.org|crates\.io)\b"
)


def check_links(root: Path) -> list[Finding]:
    """Relative links, and their anchors, that lead nowhere."""
    return [
        Finding(name, _line(text, link.start()), f"the link {link['target']} leads nowhere")
        for name, text in _documents(root)
        for link in LINK.finditer(_prose(text))
        if not _resolves(root, name, link["target"])
    ]


def check_paths(root: Path) -> list[Finding]:
    """Paths of this project, written as code, that do not exist."""
    return [
        Finding(name, _line(text, start + path.start()), f"no such path: {path['path']}")
        for name, text in _documents(root)
        for start, code in _code(text)
        for path in PATH.finditer(code)
        if not _exists(root, path)
    ]


def check_commands(root: Path) -> list[Finding]:
    """`make` verbs in code that the Makefile does not know."""
    makefile = root / "Makefile"
    targets = TARGET.findall(makefile.read_text("utf-8")) if makefile.exists() else []
    known = {name for names in targets for name in names.split()}
    return [
        Finding(name, _line(text, start + command.start()), f"the Makefile has no verb {verb}")
        for name, text in _documents(root)
        for start, code in _code(text)
        for command in VERB.finditer(code)
        for verb in command["verbs"].split()
        if verb not in known
    ]


def check_hosts(root: Path) -> list[Finding]:
    """Registries by name: which one serves packages is the reader's own setting."""
    kinds = (".md", ".toml", ".yml", ".yaml", ".txt", "Makefile")
    return [
        Finding(name, _line(text, host.start()), f"names the registry {host[0]}")
        for name in files_under(root, ".", suffixes=kinds)
        for text in [(root / name).read_text("utf-8")]
        for host in HOSTS.finditer(text)
    ]


def _documents(root: Path) -> Iterator[tuple[str, str]]:
    for name in files_under(root, ".", suffixes=(".md",)):
        yield name, (root / name).read_text("utf-8")


def _code(text: str) -> Iterator[tuple[int, str]]:
    """Fenced blocks and inline code, each with where it starts."""
    for part in (*FENCE.finditer(text), *INLINE.finditer(_blank(FENCE, text))):
        yield part.start(), part[0]


def _prose(text: str) -> str:
    return _blank(INLINE, _blank(FENCE, text))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with what matches replaced by spaces, so that lines keep their numbers."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _resolves(root: Path, document: str, target: str) -> bool:
    if re.match(r"[a-z][a-z0-9+.-]*:|//", target):
        return True
    path, _, anchor = target.partition("#")
    place = (root / document).parent / path if path else root / document
    if not place.exists() or not place.resolve().is_relative_to(root.resolve()):
        return False
    return not anchor or place.suffix != ".md" or anchor in _anchors(place.read_text("utf-8"))


def _anchors(text: str) -> set[str]:
    titles = (heading["title"].lower() for heading in HEADING.finditer(_blank(FENCE, text)))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def _exists(root: Path, path: re.Match[str]) -> bool:
    """A path cut short by a placeholder is held to the folder before it."""
    written = path["path"].rstrip(".-")
    folder = written.rpartition("/")[0] if path["after"] else written
    return (root / folder).exists()


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
