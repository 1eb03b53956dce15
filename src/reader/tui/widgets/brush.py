"""The colours of an article: from how a stretch is marked to the style it is drawn in."""

from __future__ import annotations

from rich.style import Style

from reader.tui.themes import GREYS
from reader.tui.widgets.canvas import Canvas
from reader.tui.widgets.paint import Coat


class Brush:
    """The styles of a widget's parts, each resolved once for a theme."""

    def __init__(self, widget: Canvas) -> None:
        self._widget = widget
        self._styles: dict[Coat, Style] = {}

    def clear(self) -> None:
        """Forget the styles: the theme is another one."""
        self._styles.clear()

    @property
    def colours(self) -> str:
        """The colours that the screen has, by Rich's name for them; none under NO_COLOR."""
        app = self._widget.app
        if app.no_color:
            return ""
        return "truecolor" if app.is_headless else app.console.color_system or ""

    @property
    def few_colours(self) -> bool:
        """Whether a wash behind the words cannot be told from none: brackets then do its work."""
        return self.colours in ("", "standard")

    @property
    def base(self) -> Style:
        """The style of plain text."""
        return self._widget.part("article--text")

    def style(self, coat: Coat) -> Style:
        style = self._styles.get(coat)
        if style is None:
            style = self._styles[coat] = self._resolve(coat)
        return style

    def _resolve(self, coat: Coat) -> Style:
        def part(name: str) -> Style:
            return self._widget.part(f"article--{name}", partial=True)

        style = self.base
        few = self.few_colours
        if coat.washes:
            style += part(f"wash-{coat.washes}")
            greys = GREYS.get(self._widget.app.theme) if self.colours == "256" else None
            if greys:
                style += Style(bgcolor=greys[coat.washes - 1])
        if coat.colour:
            known = coat.colour in ("entity", "source", "cue")
            style += part(coat.colour if known else "other")
        if coat.hit:
            # where its colour is that of the page, it stands out as a selection would
            style += part("hit") if not few else Style(reverse=not coat.chosen)
        if coat.current:
            style += part("current")
        if coat.chosen:
            style += part("tagged" if coat.current else "chosen")
        return style + Style(
            underline=coat.underlines == 1 or None,
            underline2=coat.underlines > 1 or None,
            bold=coat.bolds > 0 or None,
            italic=coat.italics > 0 or None,
        )
