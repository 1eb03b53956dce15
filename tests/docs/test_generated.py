"""The pages say what the program does now."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"
README = DOCS.parent / "README.md"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["keys.md", "commands.md", "formats.md"])
def test_page_is_up_to_date(generate: ModuleType, name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == generate.page(name), "run: python docs/generate.py"


@pytest.mark.parametrize("page", [README, *sorted(DOCS.glob("*.md"))], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert [each for each in targets if not (page.parent / each).exists()] == []


def test_readme_names_commands_that_exist() -> None:
    from reader.cli.parser import COMMANDS

    named = set(re.findall(r"^reader (\w+)", README.read_text("utf-8"), re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)
