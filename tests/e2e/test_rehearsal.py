"""Sentences of crm about a form's lines on a copy, apart from those that it says without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.backend.scheduler.rehearsal import rehearse
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.wizard.form import FormCommand
from crmtui.wizard.statements import Statement, StatementSection

if TYPE_CHECKING:
    from collections.abc import Iterator

_CIB = """<cib validate-with="pacemaker-3.0" admin_epoch="0" epoch="1" num_updates="0"><configuration>
<crm_config><cluster_property_set id="c">
<nvpair id="f" name="stonith-enabled" value="false"/></cluster_property_set></crm_config>
<nodes><node id="1" uname="n1"/></nodes><resources>
<primitive id="old" class="ocf" provider="pacemaker" type="Dummy"><operations>
<op id="old-start" name="start" interval="0" timeout="1s"/></operations></primitive>
</resources><constraints/></configuration><status/></cib>"""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A cluster with a resource that crm warns of at every verify."""
    made = Sandbox(CibSource.parse("warned", _CIB.encode()))
    yield made
    made.close()


def _primitive(name: str, timeout: str) -> FormCommand:
    operation = StatementSection("op", ("start", f"timeout={timeout}", "interval=0"))
    return FormCommand(Statement(("primitive", name, "ocf:pacemaker:Dummy"), (operation,)))


def test_warnings_that_were_there_before_are_not_the_forms(sandbox: Sandbox) -> None:
    """A form that has nothing to do with it is verified, without a but."""
    found = rehearse(sandbox, [_primitive("new", "60s")])
    assert (found.errors, found.warnings) == ((), ())
    assert found.forecast is not None
    assert any(each.resource == "new" for each in found.forecast.actions)


def test_warnings_of_the_forms_own_lines_are_told(sandbox: Sandbox) -> None:
    """Only crm's sentences about the new resource are told, and nothing of the other one."""
    found = rehearse(sandbox, [_primitive("new", "2s")])
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("new")
