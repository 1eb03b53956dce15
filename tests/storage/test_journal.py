"""The journal: what is appended is read again, and nothing else is taken for a line."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import StoreError
from reader.storage import journal as module
from reader.storage.journal import (
    GoneError,
    Journal,
    Line,
    Op,
    checksum,
    decode,
    decode_head,
    encode,
    read_rows,
    read_tail,
)
from tests.storage.build import names_in
from tests.storage.test_json_file import values, words

rows = st.dictionaries(words, values, max_size=4)
ops = st.builds(Op, words, st.integers(1, 10_000).map(str), st.none() | rows, st.none() | rows)
made = st.builds(
    Line,
    s=st.integers(1, 2**40),
    t=st.integers(0, 2**42),
    a=words,
    i=words,
    d=words,
    u=st.sampled_from(["", "undo", "redo", "outside", "place"]),
    of=words,
    o=st.lists(ops, max_size=3),
)


def line(number: int, note: str = "") -> Line:
    return Line(s=number, t=0, d=f"did {number}", o=[Op("links", "1", {"note": note}, None)])


def data(*numbers: int, note: str = "") -> bytes:
    return b"".join(encode(line(each, note)) for each in numbers)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal" / "a.jsonl"


def journal(path: Path, content: bytes = b"", end: int | None = None) -> Journal:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    made = Journal(path)
    made.stand(len(content) if end is None else end)
    return made


def numbers(path: Path) -> list[int]:
    return [each.s for each, _ in read_tail(path, 0).lines]


# Lines --------------------------------------------------------------------------------------------


@given(made)
def test_a_line_comes_back(each: Line) -> None:
    written = encode(each)
    assert written.endswith(b"\n")
    assert written.count(b"\n") == 1
    assert decode(written[:-1]) == each
    head = decode_head(written[:-1])
    assert head is not None
    assert (head.s, head.t, head.a, head.i, head.d, head.u, head.of) == (
        *(each.s, each.t, each.a, each.i, each.d, each.u, each.of),
    )


@given(made, st.data())
def test_a_line_with_any_byte_changed_is_none(each: Line, draw: st.DataObject) -> None:
    written = encode(each)[:-1]
    at = draw.draw(st.integers(0, len(written) - 1))
    other = draw.draw(st.integers(0, 255).filter(lambda byte: byte != written[at]))
    broken = written[:at] + bytes([other]) + written[at + 1 :]
    assert decode(broken) is None
    assert decode_head(broken) is None


@given(made, st.data())
def test_a_line_cut_off_anywhere_is_none(each: Line, draw: st.DataObject) -> None:
    written = encode(each)[:-1]
    assert decode(written[: draw.draw(st.integers(0, len(written) - 1))]) is None


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"s":1}', b"[]", b'{"s":1,"t":2,"o":[["a","1",null]]}', b'{"s":"1","t":2,"o":[]}'],
)
def test_a_line_that_is_sealed_and_none_of_ours_is_none(body: bytes) -> None:
    import zlib

    cut = body[:-1]
    assert decode(b'%b,"c":"%08x"}' % (cut, zlib.crc32(cut))) is None


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(StoreError, match="bytes that are no text"):
        encode(line(1, "caf\udce9"))


# Reading from the end -----------------------------------------------------------------------------


@given(st.integers(0, 12), st.integers(0, 14), st.integers(1, 400), st.integers(0, 300))
def test_the_tail_is_the_same_however_much_is_read_at_once(
    tmp_path_factory: pytest.TempPathFactory, count: int, after: int, chunk: int, note: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "a.jsonl"
    path.write_bytes(data(*range(1, count + 1), note="é" * note))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", chunk)
        tail = read_tail(path, after)
    assert [each.s for each, _ in tail.lines] == list(range(after + 1, count + 1))
    assert (tail.end, tail.torn, tail.broken) == (path.stat().st_size, 0, 0)
    if min(after, count) > 0:
        assert tail.before is not None
        head, seal = tail.before
        assert head.s == min(after, count)
        assert seal == checksum(encode(line(head.s, "é" * note)))
    else:
        assert tail.before is None


def test_no_file_is_no_lines(path: Path) -> None:
    assert read_tail(path, 0) == ([], None, 0, 0, 0)
    assert list(read_rows(path)) == []


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    for read in (lambda: read_tail(tmp_path, 0), lambda: list(read_rows(tmp_path))):
        with pytest.raises(StoreError, match="cannot be read"):
            read()


TORN = [data(3)[:cut] for cut in (1, 30, -1)] + [b"\x00" * 5000, b"\x00" * 10 + data(3)[:9]]


@pytest.mark.parametrize("torn", TORN)
def test_an_unfinished_line_at_the_end_is_none_and_goes_with_the_next(
    path: Path, torn: bytes
) -> None:
    good = data(1, 2)
    each = journal(path, good + torn, len(good))
    tail = read_tail(path, 0)
    assert ([line.s for line, _ in tail.lines], tail.broken) == ([1, 2], 0)
    assert (tail.end, tail.torn) == (len(good), len(torn))
    assert each.follow() == []
    each.append(data(3))
    assert path.read_bytes() == good + data(3)


def test_a_line_broken_in_the_middle_is_counted_and_those_after_it_read(path: Path) -> None:
    one, two, three = data(1), data(2), data(3)
    for broken in (two.replace(b"did", b"dud"), b"\x00" * 60 + b"\n", b"\n", b"<<<<<<< HEAD\n"):
        journal(path, one + broken + three)
        tail = read_tail(path, 0)
        assert ([each.s for each, _ in tail.lines], tail.broken) == ([1, 3], 1)
        assert [row for _, row in read_rows(path)] == [each[:-1] for each in (one, broken, three)]


def test_rows_tell_where_they_begin(path: Path) -> None:
    journal(path, data(1, 2, 3) + b"torn")
    places = [at for at, _ in read_rows(path)]
    assert places == [0, len(data(1)), len(data(1, 2))]
    assert [row for _, row in read_rows(path, places[2])] == [data(3)[:-1]]


# Following and appending --------------------------------------------------------------------------


def test_two_follow_each_other(path: Path) -> None:
    one, two = Journal(path), Journal(path)
    one.stand(0)
    one.append(data(1))
    two.stand(0)
    assert two.grown()
    assert two.follow() == [(line(1), checksum(data(1)))]
    assert not two.grown()
    two.append(data(2))
    assert [each.s for each, _ in one.follow()] == [2]
    assert (one.end, two.end) == (len(data(1, 2)),) * 2


def test_a_new_journal_is_private_with_its_folder(path: Path) -> None:
    Journal(path).append(data(1))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert names_in(path.parent) == ["a.jsonl"]


def failing(patch: pytest.MonkeyPatch, name: str) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    patch.setattr(os, name, fail)


@pytest.mark.parametrize("name", ["write", "fdatasync"])
def test_a_line_that_fails_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    each = journal(path, data(1))
    with monkeypatch.context() as patch:
        failing(patch, name)
        with pytest.raises(OSError, match="Input/output"):
            each.append(data(2))
    assert path.read_bytes() == data(1)
    assert (each.end, each.grown(), each.follow()) == (len(data(1)), False, [])
    each.append(data(2))
    assert numbers(path) == [1, 2]


def test_a_short_write_that_fails_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = journal(path, data(1))
    real, calls = os.write, [0]

    def short(handle: int, left: bytes) -> int:
        calls[0] += 1
        if calls[0] > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, bytes(left[:7]))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", short)
        with pytest.raises(OSError, match="No space"):
            each.append(data(2))
    assert path.read_bytes() == data(1)


def test_a_line_that_failed_and_could_not_be_taken_back_is_nobodys(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = journal(path, data(1))
    with monkeypatch.context() as patch:
        failing(patch, "fdatasync")
        failing(patch, "ftruncate")
        with pytest.raises(OSError, match="Input/output"):
            each.append(data(2))
    assert path.read_bytes() == data(1, 2)
    assert not each.grown()
    assert each.follow() == []
    assert path.read_bytes() == data(1)
    each.append(data(3))
    assert numbers(path) == [1, 3]


def test_what_another_appended_after_such_a_line_is_never_cut_off(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = journal(path, data(1))
    with monkeypatch.context() as patch:
        failing(patch, "fdatasync")
        failing(patch, "ftruncate")
        with pytest.raises(OSError, match="Input/output"):
            each.append(data(2))
    other = Journal(path)
    other.stand(len(data(1)))
    assert len(other.follow()) == 1  # it cannot know
    other.append(data(3))
    assert [line.s for line, _ in each.follow()] == [2, 3]
    each.append(data(4))
    assert numbers(path) == [1, 2, 3, 4]


def gone_by_deletion(path: Path) -> None:
    path.unlink()


def gone_by_replacement(path: Path) -> None:
    """As when it was mended: another file, with other places."""
    other = path.with_name("other")
    other.write_bytes(data(1, 2, 3))
    other.replace(path)


def gone_by_cutting(path: Path) -> None:
    path.write_bytes(data(1)[:20])


@pytest.mark.parametrize("go", [gone_by_deletion, gone_by_replacement, gone_by_cutting])
def test_a_journal_that_is_no_longer_the_file_is_said(path: Path, go: object) -> None:
    each = journal(path, data(1))
    assert callable(go)
    go(path)
    before = path.read_bytes() if path.exists() else None
    for use in (each.grown, each.follow, lambda: each.append(data(2))):
        with pytest.raises(GoneError):
            use()
    assert (path.read_bytes() if path.exists() else None) == before
    each.stand(0)  # and it can be taken up anew
    each.follow()


def test_a_journal_that_another_began_is_said(path: Path) -> None:
    each = Journal(path)
    each.stand(0)
    assert not each.grown()
    Journal(path).append(data(1))
    with pytest.raises(GoneError):
        each.append(data(2))
    assert numbers(path) == [1]


def test_a_line_that_breaks_while_it_is_followed_is_said(path: Path) -> None:
    each = journal(path, data(1))
    with path.open("ab") as file:
        file.write(data(2).replace(b"did", b"dud") + data(3))
    with pytest.raises(GoneError):
        each.follow()


def test_what_can_only_be_read_is_followed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(name: Path, how: int, *rest: int) -> int:
        if how & os.O_RDWR:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(name, how, *rest)

    each = journal(path, data(1), 0)
    monkeypatch.setattr(os, "open", refuse)
    each.stand(0)
    assert [line.s for line, _ in each.follow()] == [1]
    with pytest.raises(OSError, match=r"denied|descriptor"):
        each.append(data(2))
    assert path.read_bytes() == data(1)


def test_no_handle_stays_open(path: Path) -> None:
    before = len(names_in(Path("/dev/fd")))
    each = journal(path, data(1))
    for _ in range(3):
        each.stand(len(data(1)))
    each.close()
    each.close()
    assert len(names_in(Path("/dev/fd"))) == before
