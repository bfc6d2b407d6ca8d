"""Facts that completion has of a real cluster, and of one that does not answer."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import Completed
from crmtui.backend.process.target import Invocation, Target, TargetKind, Wakeup
from crmtui.backend.queries import cib_query
from crmtui.backend.queries import knowledge as module
from crmtui.backend.queries.knowledge import RETRY, LiveKnowledge
from crmtui.completion import Knowledge, complete
from crmtui.errors import ProgramMissing
from tests.unit.completion_world import DATA, SMALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.cluster.model import Cluster

needs_pacemaker = pytest.mark.skipif(
    shutil.which("crm_resource") is None, reason="Pacemaker's command line tools are not installed"
)


class FileTarget:
    """Programs that run here on a CIB in a file."""

    kind: TargetKind = "sandbox"
    name = "scratch"

    def __init__(self, folder: Path) -> None:
        self.cib = folder / "cib.xml"
        self.shadows = folder / "shadows"
        self.shadows.mkdir()
        shutil.copy(DATA / "cib.xml", self.cib)

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return the program with the file as its CIB."""
        ours = {"CIB_file": str(self.cib), "CIB_shadow_dir": str(self.shadows)}
        return Invocation(tuple(argv), {**os.environ, **ours, **(env or {})})

    def wakeup(self) -> Wakeup:
        """Nothing is watched here."""
        raise NotImplementedError

    def after_command(self) -> None:
        """Nothing follows."""

    def close(self) -> None:
        """Nothing was made."""


class Programs:
    """Stands in for ``run``: counts what is started and answers what it is told to."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = dict(answers)
        self.started: list[str] = []

    def run(self, _: Target, argv: Sequence[str], **options: float) -> Completed:
        """Answer by the longest beginning of the command that is known; else it is missing."""
        command = " ".join(argv)
        assert 0 < options["timeout"] < 20
        self.started.append(command)
        for beginning in sorted(self.answers, key=len, reverse=True):
            if command.startswith(beginning):
                return Completed(0, self.answers[beginning], "")
        raise ProgramMissing(f"The program {argv[0]} is not installed.")


@pytest.fixture
def target(tmp_path: Path) -> FileTarget:
    """A scratch CIB."""
    return FileTarget(tmp_path)


@pytest.fixture
def live(target: FileTarget) -> LiveKnowledge:
    """Knowledge of the scratch CIB from the real programs."""
    return LiveKnowledge(target)


@needs_pacemaker
def test_real_agents_are_listed_and_described(live: LiveKnowledge) -> None:
    """Classes, providers, agents and metadata come from crm_resource."""
    assert "ocf" in live.agent_classes()
    assert "pacemaker" in live.providers("ocf")
    assert live.providers("systemd") == ()
    assert "Dummy" in live.agents("ocf", "pacemaker")
    found = live.metadata("ocf:pacemaker:Dummy")
    assert found is not None
    assert found.parameter("fake") is not None
    assert live.known_metadata("ocf:pacemaker:Dummy") == found
    live.close()


@needs_pacemaker
def test_a_primitive_is_completed_with_the_real_programs(live: LiveKnowledge) -> None:
    """A whole primitive can be typed from candidates that the installed agents gave."""
    level = ("configure",)
    line = "primitive x ocf:pacemaker:Dumm"
    for piece in ("", "par", "fa", "a op mon"):
        line += piece
        found = complete(level, line, live)[0]
        line = line[: found.start] + found.text + (" " if found.is_final else "")
    assert line == "primitive x ocf:pacemaker:Dummy params fake=a op monitor "
    assert complete(level, line, live)[0].text.startswith("interval=10s timeout=")
    live.close()


@needs_pacemaker
def test_real_properties_are_documented(live: LiveKnowledge) -> None:
    """Properties are known whichever way this Pacemaker documents them."""
    known = {parameter.name: parameter for parameter in live.properties()}
    assert "stop" in known["no-quorum-policy"].choices
    assert {"cluster-name", "maintenance-mode", "enable-acl"} <= known.keys()


@needs_pacemaker
def test_the_configuration_is_read_again_when_forgotten(
    live: LiveKnowledge, target: FileTarget
) -> None:
    """A change of the CIB shows after forget_configuration, and not before."""
    assert "vip" in live.configuration().objects
    text = target.cib.read_text(encoding="utf-8")
    target.cib.write_text(text.replace('id="vip"', 'id="vip2"'), encoding="utf-8")
    assert "vip" in live.configuration().objects
    live.forget_configuration()
    assert "vip2" in live.configuration().objects


@needs_pacemaker
def test_the_last_configuration_stays_when_the_cib_cannot_be_read(
    live: LiveKnowledge, target: FileTarget
) -> None:
    """A CIB that breaks leaves the last one that could be read."""
    before = live.configuration()
    target.cib.write_text("<cib", encoding="utf-8")
    live.forget_configuration()
    assert live.configuration() == before


@needs_pacemaker
def test_staged_lines_are_part_of_the_configuration(live: LiveKnowledge) -> None:
    """Objects that wait for a commit are offered, until they are no longer staged."""
    live.stage(["primitive web ocf:pacemaker:Dummy", "delete d"])
    found = [candidate.text for candidate in complete(("configure",), "group x ", live)]
    assert "web" in found
    assert "d" not in found
    live.stage([])
    assert "web" not in live.configuration().objects


@pytest.mark.skipif(shutil.which("fence_sbd") is None, reason="fence-agents are not installed")
@needs_pacemaker
def test_fencing_devices_have_pacemakers_parameters(live: LiveKnowledge) -> None:
    """A fence agent's own parameters are followed by those of every fencing device."""
    found = live.metadata("stonith:fence_sbd")
    assert found is not None
    names = [parameter.name for parameter in found.parameters]
    assert names.index("devices") < names.index("pcmk_host_list")
    assert len(names) == len(set(names))


def test_shadow_cibs_are_listed(live: LiveKnowledge, target: FileTarget) -> None:
    """The files of crm_shadow are shadow CIBs, others in the folder are not."""
    (target.shadows / "shadow.try").touch()
    (target.shadows / "cib.xml").touch()
    assert live.shadow_cibs() == ("try",)


def test_what_is_known_is_not_asked_again(
    target: FileTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each program for agents and properties is started once, however often it is needed."""
    programs = Programs(
        {
            "crm_resource --list-standards": "ocf\nsystemd\n",
            "crm_attribute": (DATA / "cluster-options-3.0.0.xml").read_text(encoding="utf-8"),
        }
    )
    monkeypatch.setattr(module, "run", programs.run)
    monkeypatch.setattr(cib_query, "run", programs.run)
    live = LiveKnowledge(target)
    for _ in range(3):
        assert live.agent_classes() == ("ocf", "systemd")
        assert live.properties()[0].name == "dc-version"
    assert len(programs.started) == 2


def test_older_pacemakers_properties_come_from_the_daemons(
    target: FileTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without crm_attribute's list, the daemons are looked for where distributions put them."""
    text = (DATA / "schedulerd-2.1.5.xml").read_text(encoding="utf-8")
    monkeypatch.setattr(
        module, "run", Programs({"/usr/libexec/pacemaker/pacemaker-schedulerd": text}).run
    )
    assert "no-quorum-policy" in [p.name for p in LiveKnowledge(target).properties()]


def test_a_failure_is_nothing_to_offer_and_is_tried_again_later(
    target: FileTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that fails gives nothing, is left alone for a while, and then asked again."""
    programs = Programs({})
    monkeypatch.setattr(module, "run", programs.run)
    monkeypatch.setattr(cib_query, "run", programs.run)
    now = [0.0]
    live = LiveKnowledge(target, clock=lambda: now[0])
    for _ in range(2):
        assert live.agent_classes() == ()
        assert live.configuration().objects == {}
        assert live.metadata("ocf:heartbeat:x") is None
        assert live.known_metadata("ocf:heartbeat:x") is None
    assert len(programs.started) == 3
    programs.answers["crm_resource --list-standards"] = "ocf\n"
    programs.answers["cibadmin"] = (DATA / "cib.xml").read_text(encoding="utf-8")
    now[0] = RETRY
    assert live.agent_classes() == ("ocf",)
    assert "vip" in live.configuration().objects


def test_hostile_answers_are_no_candidates(
    target: FileTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Escapes and names with blanks in a program's answer do not reach the typist."""
    programs = Programs({"crm_resource --list-standards": "ocf\x1b[31m\n\nrm -rf /\nocf\n"})
    monkeypatch.setattr(module, "run", programs.run)
    monkeypatch.setattr(cib_query, "run", programs.run)
    assert LiveKnowledge(target).agent_classes() == ("ocf",)


def test_it_is_a_knowledge_of_the_cluster_seen(target: FileTarget) -> None:
    """The cluster is the newest that was seen, and none before."""
    live = LiveKnowledge(target)
    known: Knowledge = live
    before: Cluster | None = known.cluster()
    live.see(SMALL)
    assert (before, known.cluster()) == (None, SMALL)


def test_files_are_listed_where_crm_runs(live: LiveKnowledge, target: FileTarget) -> None:
    """A folder is listed with its hidden files, and names that cannot be shown are left out."""
    folder = target.cib.parent
    (folder / "--help").touch()
    (folder / "evil\x1b[31m").touch()
    assert set(live.files(f"{folder}/")) == {"cib.xml", "shadows/", "--help"}
    assert live.files(f"{folder}/nothing/") == ()


def test_a_listing_is_made_again_after_a_while(target: FileTarget) -> None:
    """A new file is offered a little later, and a key pressed meanwhile starts no program."""
    now = [0.0]
    live = LiveKnowledge(target, clock=lambda: now[0])
    folder = f"{target.cib.parent}/"
    assert len(live.files(folder)) == 2
    (target.cib.parent / "new").touch()
    assert len(live.files(folder)) == 2
    now[0] = module.FRESH
    assert len(live.files(folder)) == 3


@pytest.mark.skipif(shutil.which("crm") is None, reason="crmsh is not installed")
def test_real_scripts_are_listed_with_their_parameters(live: LiveKnowledge) -> None:
    """The scripts of crm are known by name, and each with its parameters, required ones marked."""
    assert "virtual-ip" in [known.name for known in live.scripts()]
    found = live.script("virtual-ip")
    assert found is not None
    assert {p.name: p.is_required for p in found.parameters}["ip"] is True
    assert live.script("no such script") is None


def test_values_of_corosync_are_known_by_path(
    target: FileTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sections, values and comments of corosync.conf make paths, as crm corosync get takes them."""
    text = "# x: y\ntotem {\n  version: 2\n  interface {\n    ringnumber: 0\n  }\n}\n"
    monkeypatch.setattr(module, "run", Programs({"cat /etc/corosync/corosync.conf": text}).run)
    assert LiveKnowledge(target).corosync_paths() == (
        ("totem.version", "2"),
        ("totem.interface.ringnumber", "0"),
    )
