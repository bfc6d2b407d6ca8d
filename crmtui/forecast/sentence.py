"""Sentence of a forecast, the worst first, for an administrator about to press a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster.roles import primitives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crmtui.forecast.model import Forecast, ScheduledAction

_PHRASES = 6
"""Largest number of phrases in a sentence; the table below has the rest."""
_VERBS = {
    "start": "starts on {node}",
    "stop": "stops on {node}",
    "move": "moves {source} → {target}",
    "migrate": "migrates live {source} → {target}",
    "promote": "is promoted on {node}",
    "demote": "is demoted on {node}",
    "restart": "restarts on {node}",
    "recover": "recovers on {node}",
    "reload": "reloads on {node}",
    "re-promote": "is promoted again on {node}",
}


def summary(forecast: Forecast) -> str:
    """Return the sentence of the forecast, without a full stop."""
    if forecast.unforeseeable is not None:
        return f"cannot be forecast: {forecast.unforeseeable}"
    if forecast.is_reading:
        return "changes nothing"
    sentence = _sentence(forecast)
    return f"after commit: {sentence}" if forecast.is_deferred else sentence


def all_actions(forecast: Forecast) -> str:
    """Return all actions as one sentence, without a full stop and without a judgement."""
    fencing = [f"{_list(forecast.fenced)} fenced"] if forecast.fenced else []
    return "; ".join((*fencing, *_shortened(_phrases(forecast.actions, _owners(forecast)))))


def _sentence(forecast: Forecast) -> str:
    owners = _owners(forecast)
    worst = list(_worst(forecast, owners))
    told = [each for each in forecast.actions if not _is_told(each, forecast)]
    phrases = _shortened(_phrases(told, owners))
    nothing = "nothing" if forecast.anyway is None else "nothing else"
    if not worst and not phrases:
        return f"{nothing} moves" if not forecast.blocked else _blocked(forecast)
    calm = [] if worst else [f"{nothing} stops for good"]
    return "; ".join([*worst, *phrases, *calm])


def _shortened(phrases: Iterable[str]) -> list[str]:
    shown = list(phrases)
    if len(shown) > _PHRASES:
        shown[_PHRASES:] = [f"{len(shown) - _PHRASES} more changes"]
    return shown


def _is_told(action: ScheduledAction, forecast: Forecast) -> bool:
    """Return true if the sentence names the action already, as part of the worst."""
    return action.action == "stop" and action.resource in forecast.lost


def _blocked(forecast: Forecast) -> str:
    names = _list(dict.fromkeys(each.resource for each in forecast.blocked))
    return f"nothing moves: {names} cannot, being blocked"


def _worst(forecast: Forecast, owners: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    if forecast.is_erasure:
        yield "the configuration is erased"
    if forecast.fenced:
        verb = "is" if len(forecast.fenced) == 1 else "are"
        yield f"{_list(forecast.fenced)} {verb} fenced"
    if forecast.is_quorum_lost:
        yield "quorum is lost"
    if forecast.lost:
        lost = _gathered(forecast.lost, owners)
        yield f"{_list(lost)} would stop and not start anywhere"
    if forecast.unpromoted:
        names = _gathered(forecast.unpromoted, owners)
        yield f"{_list(names)} {'is' if len(names) == 1 else 'are'} promoted nowhere"


def _owners(forecast: Forecast) -> Mapping[str, tuple[str, ...]]:
    """Return the outermost resources, each with its running primitives."""
    held: dict[str, tuple[str, ...]] = {}
    for world in (forecast.after, forecast.before):
        for top in world.resources:
            held[top.id] = tuple(dict.fromkeys(each.id for each in primitives(top)))
    return held


def _gathered(names: Iterable[str], owners: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Replace primitives by their group or clone where all of its primitives are named."""
    left = dict.fromkeys(names)
    gathered: list[str] = []
    for top, held in owners.items():
        if held and all(each in left for each in held):
            gathered.append(top)
            for each in held:
                del left[each]
    return (*gathered, *left)


def _phrases(
    actions: Iterable[ScheduledAction], owners: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Yield phrases for the actions in order of their start, with equal actions combined."""
    by_phrase: dict[str, list[str]] = {}
    for each in actions:
        if each.resource:
            by_phrase.setdefault(_phrase(each), []).append(each.resource)
        elif each.action != "fence":
            by_phrase.setdefault(f"{each.action} of {each.node}", [])
    for phrase, names in by_phrase.items():
        subjects = _gathered(names, owners)
        if not subjects:
            yield phrase
        elif len(subjects) == 1:
            yield f"{subjects[0]} {phrase}"
        else:
            yield f"{_list(subjects)} {_plural(phrase)}"


def _phrase(action: ScheduledAction) -> str:
    words = _VERBS.get(action.action, action.action + " on {node}")
    return words.format(node=action.node, source=action.source, target=action.target)


def _plural(phrase: str) -> str:
    verb, _, rest = phrase.partition(" ")
    return f"are {rest}" if verb == "is" else f"{verb.removesuffix('s')} {rest}"


def _list(names: Iterable[str]) -> str:
    shown = list(names)
    if len(shown) > _PHRASES:
        shown[_PHRASES:] = [f"{len(shown) - _PHRASES} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
