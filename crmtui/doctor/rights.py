"""Rights of a user on a node, from the user's groups and the CIB's access control lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.doctor.doctor_finding import DoctorFinding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

HACLIENT = "haclient"
"""The group that Pacemaker's daemons let in."""
_FREE = ("root", "hacluster")
"""Users that no access control list binds (Pacemaker Explained, "Access Control Lists")."""
_AREA = "Rights"


@dataclass(frozen=True, slots=True)
class User:
    """User that runs crmtui on the node."""

    name: str
    groups: tuple[str, ...]
    """The groups of this login."""
    is_enlisted: bool = False
    """True if the group haclient lists the user, even if this login began before."""

    @property
    def is_root(self) -> bool:
        """True if nothing is forbidden to the user."""
        return self.name == "root"

    @property
    def is_client(self) -> bool:
        """True if the daemons let the user in."""
        return self.name in _FREE or HACLIENT in self.groups


def rights(
    user: User, *, reads: bool, acls: Element | None, has_acls: bool
) -> Iterator[DoctorFinding]:
    """Yield findings about the rights of ``user``.

    Args:
        user: The user.
        reads: True if the user could read the CIB.
        acls: The section ``acls`` of the CIB, as far as the user may read it.
        has_acls: True if ``enable-acl`` is set.
    """
    yield _membership(user)
    if reads:
        yield DoctorFinding(_AREA, "read the CIB", "ok", "yes")
        yield _writing(user, acls if has_acls else None, has_acls=has_acls)


def _membership(user: User) -> DoctorFinding:
    if user.is_root:
        return DoctorFinding(_AREA, "user", "ok", "root")
    if user.is_client:
        return DoctorFinding(_AREA, "user", "ok", f"{user.name}, a member of {HACLIENT}")
    costs = "everything: Pacemaker answers root and members of haclient only"
    if user.is_enlisted:
        said = f"{user.name} is a member of {HACLIENT}, but not in this login"
        return DoctorFinding(_AREA, "user", "bad", said, costs, "newgrp haclient (or log in again)")
    said = f"{user.name} is neither root nor a member of {HACLIENT}"
    return DoctorFinding(_AREA, "user", "bad", said, costs, f"usermod -aG {HACLIENT} {user.name}")


def _writing(user: User, acls: Element | None, *, has_acls: bool) -> DoctorFinding:
    if not has_acls or user.name in _FREE:
        return DoctorFinding(_AREA, "change the CIB", "ok", "yes")
    roles = _roles(user, acls) if acls is not None else {}
    writing = [name for name, may in roles.items() if may]
    if writing:
        said = f"as far as access control lists let you (role {', '.join(writing)})"
        return DoctorFinding(_AREA, "change the CIB", "ok", said)
    said = (
        f"no: the access control list gives {user.name} {', '.join(roles)}, which writes nothing"
        if roles
        else f"not known: access control lists are on, and none for {user.name} can be read"
    )
    fix = "Ask for a role that writes: crm configure role ...; acl_target ..."
    return DoctorFinding(_AREA, "change the CIB", "off", said, "changes of the configuration", fix)


def _roles(user: User, acls: Element) -> dict[str, bool]:
    """Return the roles of ``user``, each with True if it may write anything."""
    named = [
        role.get("id", "")
        for kind, ids in (("acl_target", (user.name,)), ("acl_group", user.groups))
        for target in acls.iterfind(kind)
        if (target.get("name") or target.get("id")) in ids
        for role in target.iterfind("role")
    ]
    rights_of = {
        role.get("id", ""): any(p.get("kind") == "write" for p in role.iterfind("acl_permission"))
        for role in acls.iterfind("acl_role")
    }
    return {name: rights_of.get(name, False) for name in named}
