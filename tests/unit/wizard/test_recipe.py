"""Recipes: cluster scripts of crmsh as forms, and what crm says of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crmtui.cib.agents import Parameter
from crmtui.cib.scripts import Script, ScriptPlan, plan, progress
from crmtui.errors import ScriptRefused, Unformable
from crmtui.wizard.recipe import ScriptForm
from tests.unit.wizard_world import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPT = Script(
    "web",
    "A web server",
    parameters=(
        Parameter("id", "resource", shortdesc="The server", is_required=True),
        Parameter("conf", shortdesc="Its file", is_advanced=True),
        Parameter("virtual-ip:ip", "ip_address", shortdesc="Its address", is_required=True),
        Parameter("virtual-ip:on", "boolean", default="true"),
    ),
)
TEXT = (
    'primitive v ocf:heartbeat:IPaddr2\n\tip="10.0.0.8"\n\top stop timeout="20"\n\n'
    "group g-w\n\tv\n\tw"
)


def _form(made: ScriptPlan) -> tuple[ScriptForm, list[dict[str, str]]]:
    asked: list[dict[str, str]] = []

    def ask(given: Mapping[str, str]) -> ScriptPlan:
        asked.append(dict(given))
        return made

    return ScriptForm(SCRIPT, facts(), ask), asked


def test_crm_says_what_a_script_would_do() -> None:
    """Statements over several lines become one each; all other actions are told in words."""
    actions = (
        {"name": "install", "shortdesc": "Ensure it is there", "text": "mailx"},
        {"name": "cib", "shortdesc": "Configure", "text": TEXT},
    )
    found = plan("\n".join(json.dumps(action) for action in actions))
    assert found.text.splitlines() == [
        'primitive v ocf:heartbeat:IPaddr2 ip="10.0.0.8" op stop timeout="20"',
        "group g-w v w",
    ]
    assert found.others == ("Ensure it is there: mailx",)
    assert not found.is_configuration_only


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ('{"error": "\\u001b[31mip=foo\\u001b[0m is not an IP address"}', "^ip=foo is not"),
        ('{"error": "INFO: x\\n\\u001b[31mERROR\\u001b[0m: w: no"}', "^w: no$"),
        ("Traceback …", "does not tell the plan"),
        ("", "does not tell the plan"),
    ],
)
def test_what_crm_refuses_is_an_error(output: str, words: str) -> None:
    """Objections of crm to the parameters are passed on, without colours."""
    with pytest.raises(ScriptRefused, match=words):
        plan(output)


def test_parts_are_steps() -> None:
    """Each part of a script is a step; needed fields come first and advanced ones are folded."""
    form, _ = _form(ScriptPlan())
    own, part = form.steps({})
    assert [(f.label, f.kind, f.is_required, f.is_folded) for f in own.fields] == [
        ("id", "id", True, False),
        ("conf", "text", False, True),
    ]
    assert [(f.key, f.kind) for f in part.fields] == [
        ("script.virtual-ip:ip", "address"),
        ("script.virtual-ip:on", "boolean"),
    ]
    assert [p.sentence for p in form.problems({"script.virtual-ip:ip": "x"})] == [
        "id is needed.",
        "x is no IP address.",
    ]


def test_a_script_that_only_configures_is_statements() -> None:
    """The program is asked once for the answers, and what it makes can be staged like any other form."""
    form, asked = _form(plan(json.dumps({"name": "cib", "text": TEXT})))
    answers = {"script.id": "w", "script.virtual-ip:ip": "10.0.0.8", "script.conf": ""}
    with pytest.raises(Unformable, match="crm makes the text"):
        form.text(answers)
    form.prepare(answers)
    assert asked == [{"id": "w", "virtual-ip:ip": "10.0.0.8"}]
    assert [command.line() for command in form.commands(answers)] == [
        "primitive v ocf:heartbeat:IPaddr2 params ip=10.0.0.8 op stop timeout=20",
        "group g-w v w",
    ]
    assert form.sentences(answers) == ("v, w run on one node, and start in this order.",)
    other = {**answers, "script.id": "x"}
    assert form.commands(other)[0].is_root


def test_a_script_that_does_more_is_run_by_crm() -> None:
    """Its configuration is still verified and forecast, and what else it does is told."""
    form, _ = _form(ScriptPlan("primitive m ocf:heartbeat:MailTo email=a", ("Install: mailx",)))
    answers = {"script.id": "it", "script.conf": "a b"}
    form.prepare(answers)
    (command,) = form.commands(answers)
    assert command.is_root
    assert command.line() == 'script run web id=it conf="a b"'
    assert len(form.trial(answers)) == 1
    assert form.sentences(answers) == ("Install: mailx",)


@pytest.mark.parametrize("value", ['a"b', "it's", "a\\b"])
def test_what_the_templates_would_get_wrong_is_refused(value: str) -> None:
    """Scripts put values into text without quoting them, so no such value gets there."""
    form, _ = _form(ScriptPlan())
    found = form.problems(
        {"script.id": "w", "script.virtual-ip:ip": "10.0.0.8", "script.conf": value}
    )
    assert [p.key for p in found] == ["script.conf"]
    assert found[0].is_error


def test_a_run_is_followed_step_by_step() -> None:
    """Output of crm while it runs a script tells how far it is with each of its steps."""
    steps = ("Install", "Configure", "Install", "Report")
    said = "INFO: A recipe\nINFO: Nodes: n1, n2\nInstall...\rINFO: Install\nConfigure..."
    assert [state for _, state in progress(steps, said)] == [
        "done",
        "running",
        "to come",
        "to come",
    ]
    said += "\rERROR: [n2]: Remote error\nERROR: Configure (rc=False)\n"
    assert [state for _, state in progress(steps, said)] == ["done", "failed", "to come", "to come"]
    form, _ = _form(ScriptPlan(others=("Fetch.",), steps=("Fetch",)))
    assert form.script_steps({}) == ()
    form.prepare({})
    assert form.script_steps({}) == ("Fetch",)
