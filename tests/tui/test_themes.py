"""Themes: text that can be read, the screen without colours, and the frame of a cluster."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from rich._palettes import STANDARD_PALETTE
from textual.color import Color
from textual.constants import DIM_FACTOR
from textual.widgets import Input

from crmtui import keymap
from crmtui.settings import THEMES, ClusterLook, Settings
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.theming import themes
from crmtui.tui.theming.contrast import contrast, readable, text_on
from crmtui.tui.theming.marks import in_ascii
from tests.tui.person import Person
from tests.tui.walk import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.segment import Segment
    from textual.widget import Widget

    from crmtui.backend.targets.sandbox import Sandbox
    from tests.tui.walk import Part

_LEAST = {name: 7.0 if name == "high-contrast" else 4.5 for name in THEMES}
"""WCAG 2.2, success criteria 1.4.3 and 1.4.6."""
_BLACK, _WHITE = Color(0, 0, 0), Color(255, 255, 255)
_PROTAN = """
 0.152286  1.052583 -0.204868
 0.114503  0.786281  0.099216
-0.003882 -0.048116  1.051998
"""
_DEUTAN = """
 0.367322  0.860646 -0.227968
 0.280085  0.672501  0.047413
-0.011820  0.042940  0.968881
"""
_TRITAN = """
 1.255528 -0.076749 -0.178779
-0.078411  0.930809  0.147602
 0.004733  0.691367  0.303900
"""
"""Machado, Oliveira and Fernandes 2009, severity 1.0: what dichromats see of linear RGB."""
_APART = 20.0
"""CIE 1976 difference: some ten times what can just be told apart side by side."""


def test_contrast_is_that_of_wcag() -> None:
    """The figures are those of the definition."""
    assert contrast(_BLACK, _WHITE) == pytest.approx(21.0)
    assert contrast(_WHITE, _WHITE) == pytest.approx(1.0)
    assert contrast(Color.parse("#767676"), _WHITE) == pytest.approx(4.54, abs=0.01)


def test_a_colour_that_is_hard_to_see_is_changed_as_far_as_it_takes() -> None:
    """A frame can be seen on its background, whatever colour was set, and is kept if it can."""
    ground = Color.parse("#121212")
    assert readable(Color.parse("#ff0000"), ground, 3.0) == Color.parse("#ff0000")
    assert contrast(readable(Color.parse("#000080"), ground, 3.0), ground) >= 3.0
    assert text_on(Color.parse("#ffff00")) == _BLACK
    assert text_on(Color.parse("#8b0000")) == _WHITE


def test_the_settings_know_the_themes() -> None:
    """The themes of the settings are those that there are."""
    assert themes.NAMES == THEMES


def _linear(color: Color) -> list[float]:
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]


def _lab(linear: list[float]) -> tuple[float, float, float]:
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = (
        sum(a * b for a, b in zip(row, linear, strict=True)) / white
        for row, white in zip(to_xyz, (0.9505, 1.0, 1.089), strict=True)
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("matrix", [_PROTAN, _DEUTAN, _TRITAN], ids=["protan", "deutan", "tritan"])
def test_states_can_be_told_apart_by_who_sees_fewer_colours(matrix: str) -> None:
    """Well, warning and critical differ to the three kinds of dichromats in their theme."""
    theme = next(theme for theme in themes.THEMES if theme.name == "colour-blind")

    rows = [[float(number) for number in row.split()] for row in matrix.strip().splitlines()]

    def seen(name: str) -> tuple[float, float, float]:
        linear = _linear(Color.parse(theme.variables[f"text-{name}"]))
        mixed = [sum(a * b for a, b in zip(r, linear, strict=True)) for r in rows]
        return _lab([min(1.0, max(0.0, channel)) for channel in mixed])

    for one, other in combinations(("success", "warning", "error"), 2):
        apart = sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5
        assert apart >= _APART, (one, other, apart)


def _segments(person: Person, part: str = "") -> Iterator[Segment]:
    """Yield what is painted of the screen that is open, or of its widget ``part``."""
    screen = person.app.screen
    region = screen.query_one(part).region if part else screen.size.region
    for strip in screen._compositor.render_strips()[region.y : region.bottom]:
        yield from strip.crop(region.x, region.right)


def _hard_to_read(person: Person, part: str = "") -> set[str]:
    """Return the words that have too little contrast, with their colours and it."""
    ground = Color.parse(person.app.theme_variables["background"])
    found = set()
    for segment in _segments(person, part):
        style = segment.style
        if not re.search(r"\w", segment.text) or style is None:
            continue
        on = ground if style.bgcolor is None else Color.from_rich_color(style.bgcolor)
        text = _WHITE if style.color is None else Color.from_rich_color(style.color)
        if (how := contrast(text, on)) < _LEAST[person.app.theme] - 0.005:
            found.add(f"{segment.text.strip()!r}: {text.hex} on {on.hex} is {how:.2f}")
    return found


_PAINTED_ONCE = ("why", "pending", "review")
"""Stops of the walk over which no theme can be changed."""


async def _hard(person: Person, what: str, part: str) -> dict[str, set[str]]:
    """Hold every word of what is shown against what it stands on, in every theme."""
    found = {}
    for name in reversed(THEMES if what not in _PAINTED_ONCE else THEMES[:1]):
        assert not person.app.preferences.change("theme", name)
        await person.pause()
        found[name] = _hard_to_read(person, part)
    return {name: hard for name, hard in found.items() if hard}


@pytest.mark.parametrize("walk", PARTS.values(), ids=PARTS)
async def test_every_word_can_be_read_in_every_theme(person: Person, walk: Part) -> None:
    """Panes, dialogs, pages, forms and the stale screen have enough contrast."""
    hard = {what: await _hard(person, what, part) async for what, part in walk(person)}
    assert {what: words for what, words in hard.items() if words} == {}


def _unreadable(person: Person, widget: Widget, tone: str) -> set[str]:
    style = widget.get_component_rich_style(tone)
    if style.color is None or style.bgcolor is None:
        return set()
    text, on = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
    text = on.blend(text, DIM_FACTOR) if style.dim else text
    how = contrast(text, on)
    is_hard = how < _LEAST[person.app.theme] - 0.005
    return (
        {f"{person.app.theme}: {tone}: {text.hex} on {on.hex} is {how:.2f}"} if is_hard else set()
    )


async def test_every_tone_can_be_read_in_every_theme(person: Person) -> None:
    """Also what the demo cluster does not show: each tone on what it is painted on."""
    wrong: set[str] = set()
    for name in THEMES:
        assert not person.app.preferences.change("theme", name)
        await person.pause()
        for widget in person.app.main.query("*"):
            for tone in sorted(widget.COMPONENT_CLASSES):
                wrong |= _unreadable(person, widget, tone)
    assert not wrong


async def test_a_cluster_has_a_name_and_a_frame_of_its_own(sandbox: Sandbox) -> None:
    """The label of a cluster stands in the top line, and its colour frames the panes."""
    settings = Settings(clusters={"demo": ClusterLook("PRODUCTION", "red")})
    app = CrmtuiApp(sandbox, keymap.load(), settings=settings)
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(lambda: app.cluster is not None)
        await person.pause()

        assert " PRODUCTION " in app.main.header.render().plain
        frame = app.main.feed.styles.border_top[1]
        assert contrast(frame, Color.parse(app.theme_variables["background"])) >= 3.0
        assert frame.r > 2 * max(frame.g, frame.b)
        assert "There is no" not in person.output


async def test_a_colour_that_there_is_not_is_told(sandbox: Sandbox) -> None:
    """A wrong colour is a sentence, and the screen opens all the same."""
    settings = Settings(clusters={"demo": ClusterLook("P", "redd")})
    app = CrmtuiApp(sandbox, keymap.load(), settings=settings)
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(lambda: "There is no colour redd" in person.output)


async def test_nothing_blinks_or_moves_where_it_may_not(sandbox: Sandbox) -> None:
    """With reduced motion no cursor blinks, nothing slides, and no seconds are counted."""
    app = CrmtuiApp(sandbox, keymap.load(), settings=Settings(motion="reduced"))
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await person.press("escape", "1", "slash")

        assert isinstance(app.focused, Input)
        assert not app.focused.cursor_blink
        assert app.animation_level == "none"
        assert " old " not in app.main.header.render().plain


async def test_without_colours_words_and_attributes_are_left(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR: the selected row is reverse, glyphs and words are there."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await person.press("escape", "1")
        painted = list(_segments(person))

    assert any(s.style is not None and s.style.reverse and "alpha" in s.text for s in painted)
    assert "● alpha" in "".join(segment.text for segment in painted)


@pytest.mark.parametrize("walk", PARTS.values(), ids=PARTS)
async def test_every_screen_does_without_colours_and_with_ascii(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, walk: Part
) -> None:
    """NO_COLOR and ASCII: nothing has a colour, and no sign of ours becomes a question mark."""
    monkeypatch.setenv("NO_COLOR", "1")
    lost: dict[str, str] = {}
    what = ""

    def noting(text: str) -> str:
        plain = in_ascii(text)
        for sign, instead in zip(text, plain, strict=True):
            if instead == "?" != sign:
                lost[sign] = what
        return plain

    monkeypatch.setattr("crmtui.tui.theming.ascii.in_ascii", noting)
    app = CrmtuiApp(sandbox, keymap.load(), is_ascii=True)
    async with app.run_test(size=(80, 24)) as pilot:
        person = Person(app, pilot)
        await person.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        async for what, _ in walk(person):
            for segment in _segments(person):
                assert segment.text.isascii(), (what, segment.text)
                style = segment.style
                assert style is None or style.color is style.bgcolor is None, (what, segment)
    assert not lost


def test_a_terminal_of_sixteen_colours_gets_only_those(sandbox: Sandbox) -> None:
    """On sixteen colours the theme has no other ones, so that none is guessed."""
    app = CrmtuiApp(sandbox, keymap.load(), settings=Settings(theme="light"), has_few_colours=True)

    assert app.theme == themes.SIXTEEN
    theme = app.get_theme(themes.SIXTEEN)
    assert theme is not None
    palette = {Color(*STANDARD_PALETTE[number]).hex.lower() for number in range(16)}
    given = {theme.primary, theme.background, theme.foreground, theme.success, theme.error}
    given |= {each for each in theme.variables.values() if each.startswith("#")}
    assert given <= palette
