"""What the screen of an open document is made of: its parts, its keys, and how it is kept true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from textual import on

from reader.config.settings import Settings
from reader.errors import ReaderError, StoreError
from reader.model.fragment import Fragment, Fragments
from reader.text.cells import safe_lines
from reader.tui.commands.catalogue import chosen
from reader.tui.commands.command import NEEDS, Command, Need, Pane, shown_key
from reader.tui.commands.machine import KeyMachine, Run, Unknown, Wait
from reader.tui.screens import standing
from reader.tui.screens.keeping import Keeper
from reader.tui.screens.layout import DocumentLayout
from reader.tui.widgets.article import ArticlePane
from reader.tui.widgets.hints import Hint, HintBar, Standing
from reader.tui.widgets.paint import Overlay
from reader.workspace.desk import Desk
from reader.workspace.outline import Outline
from reader.workspace.selection import Selection
from reader.workspace.session import Session

_NOTHING: Final[Mapping[int, str]] = MappingProxyType({})

_OTHERS = 1.0
"""How often, in seconds, another session's changes are looked for: one look at a file's date."""

_SETTLED = 0.3
"""So many seconds after a document is shown what takes long is done ahead."""

_AT_SELECTION: Final = (
    *("move.", "extend.", "select.", "tag.", "mark."),
    *("attribute", "link", "repeat", "occurrences"),
)
"""How the names of commands begin that are about what is selected, so that it must be in view."""

_FIRST_STEP = "Tab goes to the first name; there e, then p, tags a person."


class Asking(NamedTuple):
    """A command waits for one key more. The rest is drawn meanwhile."""

    question: str
    hints: tuple[Hint, ...]
    answers: dict[str, Callable[[], str]]
    preview: Fragments = ()
    badges: Mapping[int, str] = _NOTHING
    labels: Mapping[int, str] = _NOTHING


class DocumentFrame(DocumentLayout):
    """Panes, footer and key dispatch; the commands themselves are methods of the subclass."""

    def __init__(self, session: Session, place: str = "", settings: Settings | None = None) -> None:
        """`place` is where in a queue the document is."""
        settings = settings or Settings()
        super().__init__(place, settings)
        self.desk = Desk(session)
        self._catalogue, _ = chosen(session.scheme, settings)
        self._machines = {
            "article": KeyMachine(self._catalogue, "article"),
            "tags": KeyMachine(self._catalogue, "tags"),
        }
        self._asking: Asking | None = None
        self._waiting: Wait | None = None
        self._message = " ".join(session.notices)
        self._alarm = bool(session.notices)
        self._changed = session.changed
        self._keeper = Keeper(session)
        self._taking = standing.Taking(self.desk)
        self.typing = False
        """Whether a card is open, with something on it that may not be saved yet."""
        self._shown_revision = -1
        self._seen: Selection | None = None
        self._going = False
        self._begun = False

    def on_mount(self) -> None:
        session = self.desk.session
        self.article.open(session.text, session.layers, session.scheme, self.desk.selection.start)
        self.tags.rearrange(Outline(session.layers, session.scheme, whole=False), "")
        if not self.desk.has_words:
            self.say(NEEDS["words"])
        elif not len(session.layers) and not self._message:
            self.say(_FIRST_STEP)
        self.show()
        self.call_after_refresh(self._begin)
        self.set_interval(_OTHERS, self.keep)
        self.set_timer(_SETTLED, self._get_ready)

    def _begin(self) -> None:
        """The text is there: now say what can be done with it, which takes longer to find out."""
        self._begun = True
        self.stand()
        self.show_hints()

    def keep(self) -> None:
        """Save what waits, show what other sessions have done, bring the JSON up to date."""
        unsaved = self._keeper.unsaved
        try:
            changed = self._keeper.look()
        except StoreError as error:
            if str(error) != self._message:
                self.say(str(error), alarm=True)
                self.show_hints()
            return
        self._tell_unasked()
        if changed:
            self.show()
        elif unsaved != self._keeper.unsaved:
            self.show_hints()
        work = self._keeper.rest()
        if work is not None:
            self.run_worker(work, thread=True, exclusive=False, group="snapshot")

    def _tell_unasked(self) -> None:
        """What came up without a key: files that were mended, changes that can never be saved."""
        session = self.desk.session
        for remark in session.remarks():
            self.notify(safe_lines(remark), severity="warning", markup=False, timeout=20)
        for error in session.refusals():
            self.notify(safe_lines(str(error)), severity="error", markup=False, timeout=20)

    def _get_ready(self) -> None:
        self.run_worker(self.desk.session.get_ready(), thread=True, exit_on_error=False)

    @property
    def position(self) -> int:
        """Where the reader is: at the selection, or where the view was scrolled to from there."""
        start = self.desk.selection.start
        return start if self.article.shows(start) else self.article.first_shown

    # Keys ---------------------------------------------------------------------------------------

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""
        return "tags" if self.tags.active else "article"

    def enter(self, pane: Pane) -> None:
        """Give the keys to a pane; the tagging pane is drawn out where it is a drawer."""
        self.tags.active = pane == "tags"
        self.set_class(pane == "tags", "in-tags")
        self.tags.refresh()

    @on(HintBar.Pressed)
    def _hint_clicked(self, message: HintBar.Pressed) -> None:
        if self.holding:
            return
        for key in message.key.split(" "):
            self.press(key)

    def press(self, key: str) -> None:
        """Take one key: the answer to what is asked, or one more on the way to a command."""
        self._keeper.pressed()
        if self._asking is not None:
            self._answer(self._asking, key)
            return
        machine = self._machines[self.pane]
        begun = bool(machine.typed)
        self._message, self._alarm, self._waiting = "", False, None
        if key == "escape" and begun:
            machine.reset()
            self.show()
            return
        step = machine.press(key)
        match step:
            case Run(command, count):
                self.run_command(command, count)
            case Wait():
                self._waiting = step
            case Unknown(typed) if key == "escape":
                self.desk.hide_hits()
            case Unknown(typed):
                self.say(f"{shown_key(typed)} does nothing here; ? shows all keys", alarm=True)
        self.show()

    def ask(self, asking: Asking) -> None:
        """Take the next key as the answer; Escape is always one, and does nothing."""
        self._asking = asking
        self.say(asking.question)

    def _answer(self, asking: Asking, key: str) -> None:
        self._asking = None
        self._message, self._alarm = "", False
        answer = asking.answers.get(key)
        if answer is not None:
            self.attempt(answer)
        elif key != "escape":
            self.say(f"{shown_key(key)} is none of the choices: nothing was done", alarm=True)
        self.show()

    def run_command(self, command: Command, count: int = 1) -> None:
        """Do a command, or say what it needs."""
        if not self.met(command.needs):
            self.say(NEEDS[command.needs], alarm=True)
            return
        self._going = command.id.startswith(_AT_SELECTION)
        self.perform(command, count)

    def perform(self, command: Command, count: int) -> None:
        """Call the command's method, with its argument where it has one, else the count."""
        method = getattr(self, command.method)
        method(command.argument or count)

    def leave_off(self) -> None:
        """Forget a question and keys that wait for more: something else was done with the mouse."""
        self._asking = self._waiting = None
        self._machines[self.pane].reset()
        self._message, self._alarm = "", False

    def run_from_palette(self, command: Command) -> None:
        if self.holding:
            return
        self.leave_off()
        self.run_command(command)
        self.show()

    @property
    def offered(self) -> list[Command]:
        """The commands that can be done now."""
        return [each for each in self._catalogue if self.met(each.needs)]

    def met(self, need: Need) -> bool:
        """Whether what a command needs is there."""
        return bool(self.place) if need == "queue" else standing.met(self.desk, need)

    # Saying and showing -------------------------------------------------------------------------

    @property
    def message(self) -> str:
        """What the upper line says at the moment."""
        return self._message

    def say(self, message: str, *, alarm: bool = False) -> None:
        """Put a sentence on the upper line, until the next key."""
        self._message, self._alarm = message, alarm

    def attempt(self, deed: Callable[[], str]) -> bool:
        """Do what may fail to be saved, and say how it went; whether it went well."""
        was_waiting = self.desk.session.waiting
        try:
            said = deed()
        except ReaderError as error:
            self.say(str(error), alarm=True)
            if isinstance(error, StoreError):  # the line may be too short for all of it
                self._tell_unsaved(str(error))
            return False
        trouble = self.desk.session.trouble
        if trouble is not None and not was_waiting:
            self._tell_unsaved(
                f"{trouble} It is kept in memory and tried again; {self._elsewhere} writes it to "
                "another place."
            )
        self.say(said)
        return True

    @property
    def _elsewhere(self) -> str:
        command = next(each for each in self._catalogue if each.id == "save.elsewhere")
        return shown_key(command.keys[0])

    def _tell_unsaved(self, text: str) -> None:
        self.app.clear_notifications()
        self.notify(safe_lines(text), title="Not saved", severity="error", markup=False, timeout=10)

    def show(self) -> None:
        """Bring every part of the screen up to date with the desk."""
        desk, asking = self.desk, self._asking
        here = desk.current
        drawn: Fragments = (desk.selection.fragment,) if desk.has_words else ()
        if asking is not None and asking.preview:
            drawn = asking.preview
        elif here is not None and desk.selection.fragment in here.fragments:
            drawn = here.fragments  # all parts of a split mark are selected together
        if desk.layers.revision != self._shown_revision:
            self._shown_revision = desk.layers.revision
            self.article.marks_changed()
            self.tags.marks_changed(here)
            self._show_titles()
        else:
            self.tags.follow(here)
        overlay = Overlay(
            chosen=drawn,
            current=here.fragments if here is not None else (),
            hits=desk.hits,
            badges=asking.badges if asking is not None else {},
            labels=asking.labels if asking is not None else {},
        )
        # what leads to where one is makes a selection, too; all else leaves the view as it is
        moved = self._going or desk.selection is not self._seen
        self.article.show(overlay, follow=self.followed if moved else None)
        self.stay_in_view()
        self.show_hints()

    def stay_in_view(self) -> None:
        """Leave the view where it is now, wherever the selection is."""
        self._seen, self._going = self.desk.selection, False

    @property
    def followed(self) -> Fragment | None:
        """What must be in view: the whole of what was moved to, the active end of what grows."""
        now = self.desk.selection
        if now.start == now.end:
            return None
        return Fragment(now.active, now.active + 1) if now.hard else now.fragment

    def _show_titles(self) -> None:
        document = self.desk.session.document
        state = "as it was annotated; the file has changed" if self._changed else document.state
        self.entitle(document, state)
        layers = self.desk.layers
        wanting = f" · {layers.open_claims} unsourced" if layers.open_claims else ""
        self.tags.entitle(f" Tags {len(layers)}{wanting} ")

    def show_hints(self) -> None:
        """The two lines at the foot."""
        if not self._begun:
            return
        desk, asking, waiting = self.desk, self._asking, self._waiting
        inside = self.pane == "article" and not standing.on_mark(desk)
        subject = standing.place(desk) if inside else standing.subject(desk)
        if self.pane == "tags":
            row = self.tags.row
            none = "No mark is such" if self.tags.filter else "Nothing is marked yet"
            subject = f"{row.kind} “{row.text}”" if row is not None else none
        busy = asking is not None or (self._message and (inside or self._alarm))
        takes = self._taking.hints if self.pane == "article" and not busy else ()
        now = Standing(
            subject=self._message or subject,
            takes=takes,
            alarm=self._alarm,
            progress=f"{self.article.percent} %",
            unsaved=self._keeper.unsaved,
            state="a note is open" if self.typing else "saved",
        )
        if asking is not None:
            self.hints.show(now, asking.hints, whole=True)
        elif waiting is not None and waiting.options:
            lower, upper = standing.continued(waiting, self.met, self.size.width - 6)
            now = now._replace(subject=self._message, takes=upper)
            self.hints.show(now, lower, f"{waiting.typed} …", whole=True)
        else:
            title = f"{waiting.typed} ×" if waiting is not None else ""
            self.hints.show(now, self.usual_hints(), title)

    def usual_hints(self) -> list[Hint]:
        """What can be done while nothing has been begun."""
        return standing.usual_hints(self._catalogue, self.pane, self.met)

    @on(ArticlePane.Scrolled)
    def _scrolled(self) -> None:
        self.show_hints()
