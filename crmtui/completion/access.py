"""Grammar of the commands about permissions and fencing levels.

It is that of crmsh's ``AclParser`` and ``FencingOrderParser`` (crmsh/parse.py).
"""

from __future__ import annotations

from crmtui.completion.expectation import Expectation, fixed

_RIGHTS = ("read", "write", "deny")


def role(given: tuple[str, ...], _word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``role``."""
    if not given:
        return (Expectation("new-id"),)
    rights = [at for at, text in enumerate(given) if text.lower() in _RIGHTS]
    if not rights:
        return fixed(*_RIGHTS, *(("description=",) if len(given) == 1 else ()))
    described = given[rights[-1] + 1 :]
    kinds = tuple(text.partition(":")[0] for text in described if not text.endswith(":"))
    if not kinds:
        return (Expectation("acl-rule"),)
    is_type = kinds[-1] in ("type", "tag")
    return (*((Expectation("acl-attribute"),) if is_type else ()), *fixed(*_RIGHTS))


def user(given: tuple[str, ...], _word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``user``, the form of roles before Pacemaker 1.1.12."""
    if not given:
        return (Expectation("new-id"),)
    if given[-1].lower() in _RIGHTS:
        return (Expectation("acl-rule", of="user"),)
    is_tag = given[-1].startswith("tag:")
    return (
        *((Expectation("acl-attribute", of="user"),) if is_tag else ()),
        Expectation("acl-role-reference", used=given),
        *fixed(*_RIGHTS),
    )


def fencing_topology(given: tuple[str, ...], _word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``fencing_topology``."""
    targets = tuple(text for text in given if _is_target(text))
    level = given
    if targets:
        level = given[len(given) - given[::-1].index(targets[-1]) :]
    devices = tuple(name for text in level for name in text.split(","))
    stonith = Expectation("stonith", used=devices)
    if given and not targets:
        # Devices without a target are for all nodes, and no target may follow.
        return (stonith,)
    if targets and not level:
        return (stonith,)
    return (
        Expectation("fencing-target", used=targets),
        stonith,
        Expectation("fencing-targets", used=targets),
    )


def _is_target(text: str) -> bool:
    return text.endswith(":") or text.startswith(("attr:", "pattern:"))
