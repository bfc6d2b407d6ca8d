"""What is expected in the commands about permissions and fencing levels.

The grammar is that of crmsh's ``AclParser`` and ``FencingOrderParser`` (crmsh/parse.py).
"""

from __future__ import annotations

from crmtui.completion.expectation import Want, fixed

_RIGHTS = ("read", "write", "deny")


def role(given: tuple[str, ...], _word: str) -> tuple[Want, ...]:
    """Return what is expected behind ``role``."""
    if not given:
        return (Want("new-id"),)
    rights = [at for at, text in enumerate(given) if text.lower() in _RIGHTS]
    if not rights:
        return fixed(*_RIGHTS, *(("description=",) if len(given) == 1 else ()))
    described = given[rights[-1] + 1 :]
    kinds = tuple(text.partition(":")[0] for text in described if not text.endswith(":"))
    if not kinds:
        return (Want("acl-rule"),)
    is_type = kinds[-1] in ("type", "tag")
    return (*((Want("acl-attribute"),) if is_type else ()), *fixed(*_RIGHTS))


def user(given: tuple[str, ...], _word: str) -> tuple[Want, ...]:
    """Return what is expected behind ``user``, the form of roles before Pacemaker 1.1.12."""
    if not given:
        return (Want("new-id"),)
    if given[-1].lower() in _RIGHTS:
        return (Want("acl-rule", of="user"),)
    is_tag = given[-1].startswith("tag:")
    return (
        *((Want("acl-attribute", of="user"),) if is_tag else ()),
        Want("acl-role-reference", used=given),
        *fixed(*_RIGHTS),
    )


def fencing_topology(given: tuple[str, ...], _word: str) -> tuple[Want, ...]:
    """Return what is expected behind ``fencing_topology``."""
    targets = tuple(text for text in given if _is_target(text))
    level = given
    if targets:
        level = given[len(given) - given[::-1].index(targets[-1]) :]
    devices = tuple(name for text in level for name in text.split(","))
    stonith = Want("stonith", used=devices)
    if given and not targets:
        # Devices without a target are for all nodes, and no target can follow.
        return (stonith,)
    if targets and not level:
        return (stonith,)
    return (
        Want("fencing-target", used=targets),
        stonith,
        Want("fencing-targets", used=targets),
    )


def _is_target(text: str) -> bool:
    return text.endswith(":") or text.startswith(("attr:", "pattern:"))
