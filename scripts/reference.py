"""Writes the reference of the Python code from its docstrings, a page for each room.

``write(folder)`` reads the code without importing it and writes Markdown: the modules of a room with their
public classes, functions and constants. The command line has a page of its own and is left out.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "diplograph"
LEFT_OUT = ("cli", "__main__", "app")
SECTION = re.compile(r"^(Args|Returns|Raises|Attributes|Yields):$")
INTRODUCTION = """# The Python code, room by room

What `import diplograph` offers stands under [kg](kg.md).
What each room is for is told in [architecture](../architecture.md).
The socket tables and the entry points for other packages are under [plugins](plugins.md).

| room | purpose |
|---|---|
"""
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def write(folder: Path) -> None:
    """Write ``index.md`` and a page for each room."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for name, modules in sorted(rooms().items()):
        told = [(module, ast.parse(path.read_text("utf-8"))) for module, path in modules]
        pages = [page for module, tree in told for page in module_page(module, tree)]
        (folder / f"{name}.md").write_text("\n".join([f"# {name}", "", *pages]) + "\n", encoding="utf-8")
        rows.append(f"| [{name}]({name}.md) | {prose(summary(told[0][1]))} |")
    (folder / "index.md").write_text(INTRODUCTION + "\n".join(rows) + "\n", encoding="utf-8")


def rooms() -> dict[str, list[tuple[str, Path]]]:
    """Name of a room → its modules by name, the door first."""
    found: dict[str, list[tuple[str, Path]]] = {}
    for path in sorted(
        PACKAGE.rglob("*.py"), key=lambda path: (path.parent, path.name != "__init__.py", path)
    ):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        room = parts[0] if parts != ("__init__",) else ""
        if room and room not in LEFT_OUT:
            names = [part for part in parts if part != "__init__"]
            found.setdefault(room, []).append((".".join(["diplograph", *names]), path))
    return found


def summary(node: ast.AST) -> str:
    """The first line of a docstring."""
    text = ast.get_docstring(node) if isinstance(node, ast.Module | Definition) else None
    return (text or "").partition("\n")[0]


def module_page(name: str, tree: ast.Module) -> Iterator[str]:
    """A module with everything public in it."""
    yield from (f"## {name}", "", *docstring(tree), "")
    for node, following in zip(tree.body, [*tree.body[1:], None], strict=True):
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield from (f"### {node.name}", "", *definition(node))
        elif (told := constant(node, following)) is not None:
            yield from told


def constant(node: ast.stmt, following: ast.stmt | None) -> list[str] | None:
    """A public constant that has a docstring, which stands below it."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    if not isinstance(target, ast.Name) or target.id.startswith("_"):
        return None
    if not (isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)):
        return None
    return [f"### {target.id}", "", prose(" ".join(str(following.value.value).split())), ""]


def definition(node: Definition) -> Iterator[str]:
    """A class with its public methods, or a function."""
    yield from ("```python", signature(node), "```", "", *docstring(node), "")
    if isinstance(node, ast.ClassDef):
        for member in node.body:
            if isinstance(member, Definition) and not member.name.startswith("_"):
                yield from definition(member)


def signature(node: Definition) -> str:
    """The head of a definition as it stands in the code, without its decorators' arguments."""
    if isinstance(node, ast.ClassDef):
        bases = ", ".join(ast.unparse(base) for base in node.bases)
        return f"class {node.name}({bases})" if bases else f"class {node.name}"
    given = ast.unparse(node.args)
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"def {node.name}({given}){result}"
    if len(line) > 100:
        line = f"def {node.name}(\n    {given.replace(', ', ',' + chr(10) + '    ')},\n){result}"
    marks = [ast.unparse(mark) for mark in node.decorator_list]
    return "\n".join([*(f"@{mark}" for mark in marks if mark in ("property", "classmethod")), line])


def docstring(node: ast.Module | Definition) -> Iterator[str]:
    """A docstring in Google style as Markdown: its sections become lists."""
    section = ""
    for line in (ast.get_docstring(node) or "").splitlines():
        if found := SECTION.match(line):
            section = found[1]
            yield from ("", f"**{section}**", "")
        elif section and (entry := re.match(r"    (\w[\w*, ]*): (.*)", line)):
            yield f"- `{entry[1]}`: {prose(entry[2])}"
        elif section and line.startswith("    "):
            yield f"  {prose(line.strip())}"
        else:
            section = section if not line else ""
            yield prose(textwrap.dedent(line)) if not line.startswith("- ") else f"- {prose(line[2:])}"


def prose(text: str) -> str:
    """Text in which only what stands in backticks has a meaning to Markdown."""
    parts = re.split(r"(``[^`]*``|`[^`]*`)", text)
    return "".join(
        part if n % 2 else re.sub(r"([\\*_\[\]<>|#])", r"\\\1", part) for n, part in enumerate(parts)
    )
