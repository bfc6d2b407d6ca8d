"""The terminal between the splash and the screen, where it goes away."""

from __future__ import annotations

import os
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from crmtui.cli.splash_terminal import SplashTerminal

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def far_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Put the program on a terminal; what holds the other end of it is in the list until closed."""
    far, near = os.openpty()
    held = [far]
    with os.fdopen(near, "r+b", buffering=0) as raw, os.fdopen(os.dup(near), "w") as text:
        monkeypatch.setattr(sys, "__stdin__", raw)
        monkeypatch.setattr(sys, "__stderr__", text)
        yield held
    for fd in held:
        os.close(fd)


def test_the_terminal_is_given_back(far_end: list[int]) -> None:
    """The terminal echoes keys again once the splash is gone."""
    assert sys.__stdin__ is not None
    before = termios.tcgetattr(sys.__stdin__)
    with SplashTerminal() as splash_terminal:
        assert termios.tcgetattr(sys.__stdin__) != before
        splash_terminal.show("picture")
    assert termios.tcgetattr(sys.__stdin__) == before
    assert b"picture" in os.read(far_end[0], 1000)


def test_a_terminal_that_is_closed_is_no_defect(far_end: list[int]) -> None:
    """After the window was closed there is nothing to give back, and nothing to report."""
    with SplashTerminal() as splash_terminal:
        splash_terminal.show("picture")
        os.close(far_end.pop())
