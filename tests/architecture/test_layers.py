"""The house itself: what may import what, and what an import may do."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "reader"
FILES = sorted(SOURCE.rglob("*.py"))

LONGEST = 420
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "core", "shared"}
HEAVY = (
    *("textual", "rich", "tinydb", "msgspec", "platformdirs", "rich_argparse"),
    *("regex", "charset_normalizer", "argparse", "asyncio"),
)


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(*modules: str) -> list[str]:
    """What a fresh interpreter has loaded after these imports."""
    code = (
        f"import sys, json, {', '.join(modules)}\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    loaded: list[str] = json.loads(done.stdout)
    return loaded


def test_the_contracts_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_importing_reader_costs_nothing() -> None:
    assert not set(imported("reader")) & set(HEAVY)
    assert not set(imported("reader.__main__")) & set(HEAVY)


HEADLESS = [
    module_name(path)
    for path in FILES
    if path.relative_to(SOURCE).parts[0]
    in ("errors.py", "model", "text", "anchoring", "storage", "formats", "config", "workspace")
]


def test_headless_layers_never_load_the_screen() -> None:
    assert len(HEADLESS) > 30
    assert not {"textual"} & set(imported(*HEADLESS))


@pytest.mark.parametrize("layer", ["model", "anchoring", "config"])
def test_the_lowest_layers_need_little(layer: str) -> None:
    modules = [name for name in HEADLESS if name.startswith(f"reader.{layer}")]
    loaded = set(imported(*modules)) & set(HEAVY)
    assert loaded <= {"msgspec"}


def test_what_is_seldom_needed_is_imported_when_it_is() -> None:
    """Each costs tens of milliseconds, and most commands need none of them."""
    loaded = set(imported(*HEADLESS))
    assert not loaded & {"regex", "charset_normalizer", "platformdirs"}


MAKES = """
import os, sys, json
from pathlib import Path
made = []
def watch(event, arguments):
    if event in ("os.mkdir", "os.rename", "os.remove", "socket.connect", "subprocess.Popen"):
        made.append([event, repr(arguments)])
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        made.append([event, repr(arguments)])
sys.dont_write_bytecode = True
sys.addaudithook(watch)
reads = []
real = os.environ.__class__.__getitem__
def getitem(self, key):
    caller = sys._getframe(1)
    while caller and caller.f_code.co_filename.endswith(("os.py", "_collections_abc.py")):
        caller = caller.f_back
    if caller and "/src/reader/" in caller.f_code.co_filename:
        reads.append(key)
    return real(self, key)
os.environ.__class__.__getitem__ = getitem
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps([made, reads, sorted(os.listdir("."))]))
"""


def test_nothing_happens_at_import(tmp_path: Path) -> None:
    """No folder made, no file written, no variable read, by anything but the screen."""
    modules = [module_name(path) for path in FILES if path.name != "__main__.py"]
    modules = [name for name in modules if not name.startswith("reader.tui")]
    done = subprocess.run(
        [sys.executable, "-c", MAKES, *modules],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == [[], [], []]


def functions_called_at_import(tree: ast.Module) -> list[str]:
    """Names of what a module calls while it is imported, outside of functions."""
    found: list[str] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return
        if isinstance(node, ast.Call):
            found.append(ast.unparse(node.func))
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(tree)
    return found


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_modules_are_short_named_and_described(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST
    assert path.stem not in VAGUE
    tree = ast.parse(text)
    if tree.body:
        assert ast.get_docstring(tree), "says nothing of itself"
    clock = {"time.time", "datetime.now", "time.time_ns", "os.getcwd", "Path.cwd", "Path.home"}
    assert not clock & set(functions_called_at_import(tree))


def test_no_pickles_and_no_eval() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [each.name for each in node.names] + [getattr(node, "module", None) or ""]
                assert not {"pickle", "shelve", "marshal"} & set(names), path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec"), path
