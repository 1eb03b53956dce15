from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.cli.main import run
from tests.cli.call import ARTICLE, Call, Ran


@pytest.fixture(autouse=True)
def _nobody_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    for name in ("READER_DB", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("LOGNAME", "anna")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")


@pytest.fixture
def reader(capsysbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Call `reader` as a shell would, in this process."""

    def call(*arguments: str | os.PathLike[str]) -> Ran:
        capsysbinary.readouterr()
        code = run([str(each) for each in arguments])
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


@pytest.fixture
def article() -> Path:
    """A text in the current folder."""
    path = Path("article.txt")
    path.write_bytes(ARTICLE.encode())
    return path


@pytest.fixture
def tag(reader: Call, article: Path):
    """Mark words of the article; gives the id."""

    def made(kind: str, quote: str, *more: str) -> str:
        ran = reader("tag", article, "--kind", kind, "--quote", quote, *more)
        assert ran.code == 0, ran.err
        return ran.out.strip()

    return made
