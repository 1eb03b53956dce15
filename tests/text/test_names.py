import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import names as module
from reader.text.segment import name_at, names, titled_name_at

ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("AbC .'’-\n\"“”1")), max_size=50
)
PIECES = (
    "U.S. Secretary of the Defense Ines Varga van der al-Asad said Monday January 5 2020, Jr."
    " and Ministry May 7th Gen. “The Commander in Chief General Motors for on, . ’s US"
)
NEWS_WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in names(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("123 *** …", []),
        ("Kestrel chief says depot will close", []),
        ("Ines Varga said", ["Ines Varga"]),
        ("Officials said the Kestrel sank", ["Kestrel"]),
        ("Kestrel is shut, as the Kestrel was", ["Kestrel", "Kestrel"]),
        ("Commander of General Ines", ["Ines"]),
        ("The White House and In Amrin", ["White House", "Amrin"]),
        ("PORT AMRIN - A fire at the Kestrel depot", ["PORT AMRIN", "Kestrel"]),
        ("AMRIN (AP) — Residents of Oldport fled", ["AMRIN", "AP", "Oldport"]),
        ("OLD AMRIN—Soldiers from Kell", ["OLD AMRIN", "Kell"]),
        ("NATO and the U.N. met", ["NATO", "U.N."]),
        ("A DEPOT BURNS AND NOBODY CAME", []),
        ("met Jan van der Berg", ["Jan van der Berg"]),
        (
            "met Ana de la Cruz and Omar bin Khalid al-Asad",
            ["Ana de la Cruz", "Omar bin Khalid al-Asad"],
        ),
        ("met Ines Varga of Kestrel", ["Ines Varga", "Kestrel"]),
        ("met Ines Varga and Bo Dahl", ["Ines Varga", "Bo Dahl"]),
        ("the Bank of Amrin", ["Bank of Amrin"]),
        ("the University of the Arts", ["University of the Arts"]),
        ("the Ministry of Trade and Industry", ["Ministry of Trade and Industry"]),
        ("the Ministry of Trade and Ines Varga", ["Ministry of Trade", "Ines Varga"]),
        ("the 7th Harbour Regiment", ["7th Harbour Regiment"]),
        ("with Ines J. Varga Jr. and Bo Dahl, Jr., who", ["Ines J. Varga Jr.", "Bo Dahl, Jr."]),
        ("in Varga's house and Dahl’s boat", ["Varga", "Dahl"]),
        ("the U.S.-backed rebels", ["U.S."]),
        ("on Monday, January 1, 2020 and 3 March", ["Monday", "January 1, 2020", "3 March"]),
        ("told Kestrel Tuesday that", ["Kestrel", "Tuesday"]),
        ("“Our town burnt,” said Varga", ["Varga"]),
        ("when I met Éva Nagy", ["Éva Nagy"]),
        ("left the U.S. The Kestrel sank", ["U.S.", "Kestrel"]),
        ("東京は Варга", ["Варга"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said U.S. Defense Secretary Bo Dahl", ["U.S.", "Bo Dahl"]),
        ("by U.S. Secretary of Defense Bo Dahl", ["U.S.", "Bo Dahl"]),
        ("U.S. Department Of Defense Secretary Bo Dahl", ["U.S. Department Of Defense", "Bo Dahl"]),
        ("the Commander in Chief Bo J. Dahl", ["Bo J. Dahl"]),
        ("Lt. Gen. Bo Dahl", ["Bo Dahl"]),
        ("Mayor of Oldport Ines Varga", ["Ines Varga"]),
        ("Prime Minister Varga", ["Varga"]),
        ("Secretary-General Ines Varga", ["Ines Varga"]),
        ("said General Motors and Queen Ines Hospital", ["General Motors", "Queen Ines Hospital"]),
        ("met Bo King Jr.", ["Bo King Jr."]),
        ("the U.S. Ambassador was", ["U.S. Ambassador"]),
    ],
)
def test_titles_and_offices_are_no_part_of_a_name(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("said U.S. Defense Secretary Ines Varga on", "U.S. Defense Secretary Ines Varga"),
        ("said harbour master Ines Varga, who", "harbour master Ines Varga"),
        ("when former Kestrel fire chief Ines Varga", "former Kestrel fire chief Ines Varga"),
        ("told spokesman Ines Varga", "spokesman Ines Varga"),
        ("told Ines Varga", "Ines Varga"),
        ("the Kestrel’s Mayor Ines Varga", "Mayor Ines Varga"),
    ],
)
def test_a_name_grows_by_its_titles(text: str, titled: str) -> None:
    span = titled_name_at(text, text.index("Varga"))
    assert span is not None
    assert text[slice(*span)] == titled
    assert titled_name_at(text, span[0]) == span


def test_the_name_at_a_position() -> None:
    text = "said Secretary Ines Varga on"
    assert name_at(text, 15) == name_at(text, 24) == (15, 25)
    assert name_at(text, 6) is None
    assert name_at(text, 25) is None
    assert titled_name_at(text, 26) is None
    assert name_at("", 0) is None


def test_only_names_that_touch_the_stretch() -> None:
    text = "met Ines Varga\nand Bo Dahl of Kell"
    assert [text[slice(*one)] for one in names(text, 10, 21)] == ["Ines Varga", "Bo Dahl"]
    assert [text[slice(*one)] for one in names(text, 5, 5)] == ["Ines Varga"]


@given(st.one_of(ANY_TEXT, NEWS_WORDS))
def test_names_are_ordered_and_held_by_their_titled_form(text: str) -> None:
    before = 0
    for first, last in names(text, 0, len(text)):
        assert before <= first < last <= len(text)
        assert name_at(text, first) == (first, last)
        titled = titled_name_at(text, first)
        assert titled is not None
        assert titled[0] <= first and last <= titled[1]
        before = last


MIXED = st.lists(st.sampled_from([*"水火木の・。", *PIECES.split(), " ", " ", "harbour", "master"]))


@given(MIXED.map("".join))
def test_words_without_case_are_left_out_only_where_they_do_not_matter(text: str) -> None:
    few = names(text, 0, len(text))
    grown = [titled_name_at(text, start) for start, _ in few]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MANY", 0)
        module._named.cache_clear()
        assert names(text, 0, len(text)) == few
        assert [titled_name_at(text, start) for start, _ in few] == grown
    module._named.cache_clear()


def test_a_paragraph_is_read_for_names_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Harbour master Ines Varga met Olga Quill. " * 100
    calls: list[tuple[int, int]] = []
    read = module._tokens

    def counted(text: str, start: int, end: int) -> list[module._Token]:
        calls.append((start, end))
        return read(text, start, end)

    monkeypatch.setattr(module, "_tokens", counted)
    for position in range(0, 500, 7):
        name_at(text, position)
        titled_name_at(text, position)
    assert len(calls) == 1
    names("depot burns " * 100, 0, 1200)
    assert len(calls) == 1  # no capital, no name
