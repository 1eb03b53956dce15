"""One's own keys: taken where they can be, refused with the reason where not."""

from __future__ import annotations

import pytest

from reader.config.keymap import Keys, remapped
from reader.config.settings import Settings

ARTICLE, TAGS = frozenset({"article"}), frozenset({"tags"})
DEFAULTS = {
    "undo": Keys(("u",), ARTICLE | TAGS),
    "mark.delete": Keys(("d",), ARTICLE),
    "tags.delete": Keys(("d",), TAGS),
    "document.next": Keys(("g n",), ARTICLE),
}


def chosen(**keys: tuple[str, ...]) -> Settings:
    named = {name.replace("_", "."): value for name, value in keys.items()}
    return Settings(keys=named, lines=dict.fromkeys(named, 3))


def test_defaults_stand_without_settings() -> None:
    keys, problems = remapped(DEFAULTS, Settings())
    assert keys == {name: own.keys for name, own in DEFAULTS.items()}
    assert problems == []


def test_a_command_takes_new_keys() -> None:
    keys, problems = remapped(DEFAULTS, chosen(mark_delete=("D", "ctrl+x", "g d")))
    assert keys["mark.delete"] == ("D", "ctrl+x", "g d")
    assert problems == []


def test_two_commands_may_swap_keys() -> None:
    keys, problems = remapped(DEFAULTS, chosen(undo=("x",), mark_delete=("u",)))
    assert keys["undo"] == ("x",)
    assert keys["mark.delete"] == ("u",)
    assert problems == []


def test_one_key_may_mean_two_things_in_two_panes() -> None:
    keys, problems = remapped(DEFAULTS, chosen(tags_delete=("g n",)))
    assert keys["tags.delete"] == ("g n",)
    assert problems == []


@pytest.mark.parametrize(
    ("settings", "command", "said"),
    [
        (chosen(mark_delet=("x",)), "mark.delete", "line 3: there is no command 'mark.delet'"),
        (chosen(mark_delete=("hyperspace",)), "mark.delete", "'hyperspace' is no key"),
        (chosen(mark_delete=("5",)), "mark.delete", "'5' is no key"),
        (chosen(mark_delete=("shift+d",)), "mark.delete", "'shift+d' is no key"),
        (chosen(mark_delete=("ctrl+D",)), "mark.delete", "'ctrl+D' is no key"),
        (chosen(mark_delete=("\u0301",)), "mark.delete", "is no key"),
        (chosen(mark_delete=("",)), "mark.delete", "'' is no key"),
        (chosen(mark_delete=()), "mark.delete", "no key is given"),
        (chosen(mark_delete=("u",)), "mark.delete", "u is of undo"),
        (chosen(mark_delete=("g",)), "mark.delete", "g is of document.next"),
    ],
)
def test_what_cannot_be_keeps_its_default(settings: Settings, command: str, said: str) -> None:
    keys, problems = remapped(DEFAULTS, settings)
    assert keys[command] == DEFAULTS[command].keys
    assert len(problems) == 1
    assert said in problems[0]


def test_a_default_given_back_may_push_out_another_choice() -> None:
    settings = chosen(undo=("d",), mark_delete=("g",))
    keys, problems = remapped(DEFAULTS, settings)
    assert keys["undo"] == ("u",)
    assert keys["mark.delete"] == ("d",)
    assert len(problems) == 2
