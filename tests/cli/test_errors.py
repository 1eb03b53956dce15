"""Whatever is wrong with files, names and databases: a sentence, an exit code, nothing touched."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path

import pytest

from reader.errors import Exit, StoreError
from reader.storage.journal import Journal
from reader.storage.snapshot import Snapshot

COMMANDS = [
    ("show",),
    ("export",),
    ("tag", "--kind", "claim", "--quote", "nothing was done"),
    ("untag", "01"),
    ("link", "01", "02"),
    ("unlink", "01"),
]


def _call(reader, command, name, *more):
    return reader(command[0], name, *command[1:], *more)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
class TestFiles:
    def test_missing(self, reader, command):
        ran = _call(reader, command, "nowhere.txt")
        assert (ran.code, ran.out) == (Exit.INPUT, "")
        assert "There is no file 'nowhere.txt'" in ran.err

    def test_a_folder(self, reader, command):
        ran = _call(reader, command, ".")
        assert (ran.code, ran.out) == (Exit.INPUT, "")
        assert "is a folder" in ran.err

    def test_a_pdf(self, reader, command):
        Path("paper.txt").write_bytes(b"%PDF-1.7 ...")
        ran = _call(reader, command, "paper.txt")
        assert (ran.code, ran.out) == (Exit.INPUT, "")
        assert "pdftotext" in ran.err

    def test_not_to_be_read(self, reader, command, article, monkeypatch):
        read = Path.read_bytes

        def refuse(self):
            if self != article:
                return read(self)
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))

        monkeypatch.setattr(Path, "read_bytes", refuse)
        ran = _call(reader, command, article, "--db", "new")
        assert (ran.code, ran.out) == (Exit.INPUT, "")
        assert "article.txt cannot be read: permission denied" in ran.err

    def test_invalid_bytes_for_the_encoding_named(self, reader, command):
        Path("old.txt").write_bytes(b"caf\xe9")
        ran = _call(reader, command, "old.txt", "--encoding", "utf-8")
        assert (ran.code, ran.out) == (Exit.INPUT, "")
        assert "do not fit at byte 3" in ran.err

    def test_an_encoding_that_is_none(self, reader, command, article):
        for name in ("klingon", "base64", ""):
            ran = _call(reader, command, article, "--encoding", name)
            assert (ran.code, ran.out) == (Exit.INPUT, "")

    def test_a_nul_in_a_name(self, reader, command):
        ran = _call(reader, command, "a\0b")
        assert (ran.code, ran.out) == (Exit.USAGE, "")
        assert "NUL" in ran.err

    def test_names_that_are_no_text_or_too_long(self, reader, command):
        for name in ("\udcff.txt", "x" * 5000, "~nobody-here/x", "\x1b[2J"):
            ran = _call(reader, command, name)
            assert (ran.code, ran.out) == (Exit.INPUT, "")
            assert "\x1b" not in ran.err
            assert ran.err.count("\n") == 1

    def test_an_empty_name_and_standard_input(self, reader, command):
        for name, said in (("", "FILE is empty"), ("-", "Only 'reader open' reads standard input")):
            ran = _call(reader, command, name)
            assert (ran.code, ran.out) == (Exit.USAGE, "")
            assert said in ran.err


def test_a_file_whose_name_begins_with_a_tilde(reader, article):
    article.rename("~draft.txt")
    assert reader("show", "~draft.txt").code == 0


def _broken(data: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "cut": data[: len(data) // 2],
        "foreign": b'{"_default": {"1": {"name": "somebody"}}}',
        "binary": bytes(range(256)),
        "newer": re.sub(rb'"schema":\d+', b'"schema":99', data),
    }


@pytest.mark.parametrize(
    ("which", "how"), [*(("documents", how) for how in _broken(b"")), ("database", "foreign")]
)
def test_a_damaged_database_is_refused_and_untouched(reader, tag, article, how, which):
    tag("claim", "nothing was done", "--db", "marks")
    pattern = "documents/*.json" if which == "documents" else "database.json"
    (file,) = Path("marks").glob(pattern)
    broken = _broken(file.read_bytes())[how]
    file.write_bytes(broken)
    for folder in ("journal", "backup"):  # from which it could be put together again
        shutil.rmtree(Path("marks", folder), ignore_errors=True)
    readable = which == "documents" and how == "newer"
    for command in COMMANDS[:3] if readable else COMMANDS:
        ran = _call(reader, command, article, "--db", "marks")
        if readable and command[0] in ("show", "export"):
            assert ran.code == 0
        else:
            assert (ran.code, ran.out) == (Exit.STORE, ""), (command, ran)
        assert file.name in ran.err
    if not readable:
        assert reader("list", "--db", "marks").code == Exit.STORE
    assert file.read_bytes() == broken


CHANGES = (("tag", "--kind", "claim", "--range", "0:5"), ("undo",), ("document", "--note", "x"))


@pytest.mark.parametrize("how", ["empty", "cut", "binary"])
def test_a_damaged_file_of_the_database_is_begun_anew(reader, tag, article, how):
    tag("claim", "nothing was done", "--db", "marks")
    file = Path("marks/database.json")
    broken = _broken(file.read_bytes())[how]
    file.write_bytes(broken)
    for call in (("show", article), ("list",), ("search", "nothing"), ("export", article)):
        ran = reader(*call, "--db", "marks")
        assert ran.code == 0
        assert "nothing was done" in ran.out or call == ("list",)
        assert "database.json is damaged" in ran.err
    assert file.read_bytes() == broken
    tag("cue", "said", "--nth", "1", "--db", "marks")
    (kept,) = Path("marks/quarantine").iterdir()
    assert kept.read_bytes() == broken
    assert b'"anna"' in file.read_bytes()
    assert reader("list", "--db", "marks").err == ""


def test_a_newer_database_is_read_only(reader, tag, article):
    tag("claim", "nothing was done", "--db", "marks")
    file = Path("marks/database.json")
    newer = _broken(file.read_bytes())["newer"]
    file.write_bytes(newer)
    for call in (("show", article), ("list",), ("search", "nothing"), ("export", article)):
        assert reader(*call, "--db", "marks").code == 0
    for command in (*CHANGES, ("remove", "--yes")):
        ran = _call(reader, command, article, "--db", "marks")
        assert (ran.code, ran.out) == (Exit.STORE, "")
        assert "database.json is read-only here" in ran.err
    assert file.read_bytes() == newer


@pytest.mark.parametrize("command", CHANGES, ids=lambda each: each[0])
def test_a_full_disk_changes_nothing_and_says_so(reader, tag, article, command, monkeypatch):
    tag("claim", "nothing was done")
    before = reader("show", article).out

    def refuse(self, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", refuse)
        ran = _call(reader, command, article)
    title = "The mark was not made" if command[0] == "tag" else "Nothing was changed"
    assert (ran.code, ran.out) == (Exit.STORE, "")
    assert ran.err.startswith(f"reader: {title}: ")
    assert "no space left on device" in ran.err
    assert reader("show", article).out == before


@pytest.mark.parametrize("command", CHANGES, ids=lambda each: each[0])
def test_a_change_in_the_journal_is_made(reader, tag, article, command, monkeypatch):
    tag("claim", "nothing was done")
    seen = len(reader("history", article).out.splitlines())

    def refuse(self, patience):
        raise StoreError("a.json was not brought up to date", "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Snapshot, "write", refuse)
        ran = _call(reader, command, article)
    assert ran.code == 0
    assert "article.txt is saved in the journal; its JSON could not be brought up to date: " in (
        ran.err
    )
    assert len(reader("history", article).out.splitlines()) == seen + 1


@pytest.mark.parametrize("how", ["empty", "cut", "foreign", "binary"])
def test_a_damaged_document_is_put_together_again(reader, tag, article, how):
    tag("claim", "nothing was done", "--db", "marks")
    (file,) = Path("marks/documents").glob("*.json")
    broken = _broken(file.read_bytes())[how]
    file.write_bytes(broken)
    shown = reader("show", article, "--db", "marks")
    assert shown.code == 0
    assert "[claim: nothing was done]" in shown.out
    assert f"{file.name} was damaged" in shown.err
    assert file.read_bytes() == broken  # looking changes nothing
    ran = reader("tag", article, "--kind", "claim", "--range", "0:5", "--db", "marks")
    assert ran.code == 0
    assert "nothing that reader saved is missing" in ran.err
    (kept,) = Path("marks/quarantine").iterdir()
    assert kept.read_bytes() == broken
    assert reader("show", article, "--db", "marks").err == ""


def test_a_database_that_is_a_file(reader, article):
    Path("file").write_text("mine")
    for place in ("file", "file/below"):
        for command in (*COMMANDS, ("list",)):
            name = () if command == ("list",) else (article,)
            ran = reader(command[0], *name, *command[1:], "--db", place)
            assert (ran.code, ran.out) == (Exit.STORE, "")
            assert "--db" in ran.err
    assert Path("file").read_text() == "mine"


@pytest.mark.parametrize("place", ["", "~nobody-here/x"])
def test_a_database_without_a_place(reader, place):
    ran = reader("list", f"--db={place}")
    assert (ran.code, ran.out) == (Exit.USAGE, "")


CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff"
SEQUENCES = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://x\x1b\\ \x9b2J \x1bPq\x1b\\"
HOSTILE = f"He {CONTROLS} said {BIDI} that {SEQUENCES} [/foo] [bold]\r\n"


def _assert_harmless(text: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text), ascii(text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]", text), ascii(text)


def test_nothing_hostile_comes_out_of_any_command(reader, monkeypatch):
    name = f"bad{CONTROLS[1:]}{BIDI} [foo].txt"
    Path(name).write_bytes(HOSTILE.encode())
    size = len(HOSTILE)
    claim = reader("tag", name, "--kind", "claim", "--range", f"0:{size}").out.strip()
    monkeypatch.setenv("LOGNAME", f"anna{SEQUENCES}")
    note = ("--note", SEQUENCES)
    quote = HOSTILE[HOSTILE.index("\x1b") : HOSTILE.index("[/foo]") + 6]
    tagged = reader("tag", name, "--kind", "source", "--quote", SEQUENCES, *note)
    assert tagged.code == 0, tagged.err
    source = tagged.out.strip()
    calls = [
        ("show", name),
        ("show", name, "--annotator", SEQUENCES),
        ("link", name, claim, source),
        ("show", name),
        ("list",),
        ("list", "--json"),
        ("where", "--db", name),
        ("list", "--db", name),
        ("export", name, "--output", f"{name}.json"),
        ("export", name, "--output", f"{name}.json"),
        ("import", f"{name}.json", "--db", "other"),
        ("import", name),
        ("tag", name, "--kind", "claim", "--quote", f"{quote}?"),
        ("tag", name, "--kind", SEQUENCES, "--range", "0:1"),
        ("tag", name, "--kind", "claim", "--range", SEQUENCES),
        ("tag", name, "--kind", "claim", f"--nth={SEQUENCES}", "--quote", "x"),
        ("tag", "--kind", "claim", "--quote", "x", name, SEQUENCES),
        ("link", name, claim, "--no-source"),
        ("untag", name, SEQUENCES),
        ("untag", name, source),
        ("show", SEQUENCES),
        (SEQUENCES,),
        (f"--{SEQUENCES}",),
        (name,),
        (),
    ]
    seen = set()
    for call in calls:
        ran = reader(*call)
        assert ran.code in (0, 1, 2, 3), call
        seen.add(ran.code)
        _assert_harmless(ran.out)
        _assert_harmless(ran.err)
    assert seen == {0, 1, 2, 3}
    # the export may, but JSON writes them out
    _assert_harmless(reader("export", name).out)


def test_hostile_ids_from_an_import(reader, tag, article):
    claim = tag("claim", "nothing was done")
    text = reader("export", article).out.replace(claim, "z\\u001b[31m\\u202e")
    Path("in.json").write_text(text)
    assert reader("import", "in.json", "--db", "other").code == 0
    source = reader(
        *("tag", article, "--kind", "source", "--quote", "Ines Varga", "--db", "other")
    ).out.strip()
    for call in (
        ("link", article, "z", source, "--db", "other"),
        ("link", article, "z", "--no-source", "--db", "other"),
        ("untag", article, "z", "--db", "other"),
    ):
        ran = reader(*call)
        assert ran.code == 0, ran.err
        _assert_harmless(ran.out)
        _assert_harmless(ran.err)
