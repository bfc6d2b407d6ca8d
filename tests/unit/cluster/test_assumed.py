"""A CIB without a status is shown as it would run, and that this is assumed is said."""

from __future__ import annotations

from dataclasses import replace

from crmtui.cluster.freshness import Freshness
from crmtui.cluster.report import to_json, to_text
from crmtui.cluster.state_words import ASSUMED, ASSUMPTION
from crmtui.cluster.verdict import Verdict, judge
from crmtui.forecast.compare import assuming
from crmtui.forecast.forecast_report import to_json as foreseen
from crmtui.forecast.model import Forecast
from crmtui.tui.presentation.headline import headline, pieces
from tests.unit.cluster_values import cluster, node, primitive

_KNOWN = cluster(primitive("web", "Started", "n1"), nodes=(node("n1"),))
_ASSUMED = replace(_KNOWN, is_assumed=True)


def test_the_top_line_says_so_on_the_narrowest_screen() -> None:
    """Assumed states do not look as if they were seen, however little room there is."""
    for width in (80, 100, 160):
        parts = pieces(
            "SANDBOX", "a-long/file.xml", _ASSUMED, Verdict("WARN", "x" * 60), Freshness()
        )
        shown = "".join(text for text, _ in headline(parts, width))
        assert ASSUMED in shown
        assert len(shown) == width


def test_what_was_seen_is_not_called_assumed() -> None:
    """The top line of a cluster with a status does not speak of it."""
    texts = [
        each.text for each in pieces("SANDBOX", "f", _KNOWN, judge(_KNOWN), Freshness(age=0.0))
    ]
    assert ASSUMED not in texts


def test_text_and_json_say_so() -> None:
    """The second line of the text says it, and JSON has a truth for it."""
    assert to_text(_ASSUMED, judge(_ASSUMED), "now").splitlines()[1] == ASSUMPTION
    assert ASSUMPTION not in to_text(_KNOWN, judge(_KNOWN), "now")
    assert to_json(_ASSUMED, judge(_ASSUMED))["cluster"]["assumed"] is True
    assert to_json(_KNOWN, judge(_KNOWN))["cluster"]["assumed"] is False


def test_a_forecast_says_so() -> None:
    """A forecast that begins from an assumption has it as its first caveat."""
    made = assuming(Forecast("", "", caveats=("another",)))
    assert made.caveats == (ASSUMPTION, "another")
    assert foreseen(made)["assumed"] is True
    assert foreseen(Forecast("", ""))["assumed"] is False
