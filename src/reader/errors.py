"""The only errors that reach a person: what happened, why, and what to do next."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    FINE = 0
    INPUT = 1
    USAGE = 2
    STORE = 3
    LOSS = 4


class ReaderError(Exception):
    """An error with a remedy. `title` says what could not be done, `cause` why, `remedy` what next.

    The texts may quote file names and article text, so whoever shows them makes them safe first.
    """

    exit_code: Exit = Exit.INPUT

    def __init__(self, title: str, cause: str = "", remedy: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        text = f"{self.title}: {self.cause}" if self.cause else self.title
        text = text if text.endswith((".", "?", "!")) else f"{text}."
        return f"{text} {self.remedy}".rstrip()


class InputError(ReaderError):
    """The input is at fault: a file, a range, a quotation."""

    exit_code = Exit.INPUT


class UsageError(ReaderError):
    """The command was called in a way that has no meaning."""

    exit_code = Exit.USAGE


class StoreError(ReaderError):
    """The database or the disk is at fault. Nothing was changed."""

    exit_code = Exit.STORE


class LossError(ReaderError):
    """Something would be lost, or does not verify. Nothing was written."""

    exit_code = Exit.LOSS


class ConflictError(StoreError):
    """Somebody else has changed what this change starts from. Nothing was changed."""


class OvertakenError(ConflictError):
    """Somebody else has written since one looked: look, and make the change anew."""
