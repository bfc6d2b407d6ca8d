"""The files, commands and answers of a lab that can be looked at without one."""

from __future__ import annotations

import os
import threading
from ipaddress import IPv4Network
from pathlib import Path

import pytest

from crmtui.errors import LabFailed
from crmtui.lab import cgroup, folder, host, image, power
from crmtui.lab.lab import Lab
from crmtui.lab.lab_plan import LabPlan
from crmtui.lab.lab_target import LabTarget
from crmtui.lab.node_files import corosync_conf, node_files
from crmtui.lab.status import LabStatus, lab_status, online_nodes

TWO = LabPlan("crmtest", "bookworm", 2, IPv4Network("10.1.2.0/24"))
THREE = LabPlan("crmtest", "bookworm", 3, IPv4Network("10.1.2.0/24"))

COROSYNC = """\
totem {
    version: 2
    cluster_name: lab
    transport: knet
    crypto_cipher: none
    crypto_hash: none
}
nodelist {
    node {
        name: n1
        nodeid: 1
        ring0_addr: 10.1.2.1
    }
    node {
        name: n2
        nodeid: 2
        ring0_addr: 10.1.2.2
    }
}
quorum {
    provider: corosync_votequorum
    two_node: 1
}
logging {
    to_logfile: yes
    logfile: /var/log/corosync/corosync.log
    to_syslog: yes
    timestamp: on
}
"""


def test_corosync_knows_all_nodes() -> None:
    """corosync.conf of two nodes lists both and lets one of them keep quorum."""
    assert corosync_conf(TWO) == COROSYNC


def test_only_two_nodes_are_a_two_node_cluster() -> None:
    """With three nodes quorum is a majority."""
    assert "two_node" not in corosync_conf(THREE)


def test_a_node_knows_itself_and_the_others() -> None:
    """A node's files give it its own name and address, and the names of all."""
    files = node_files(TWO, TWO.node("n2"))

    assert files["etc/hostname"] == "n2\n"
    assert "10.1.2.1 n1\n10.1.2.2 n2\n" in files["etc/hosts"]
    assert "10.1.2.2/24 dev host0" in files["etc/systemd/system/lab-network.service"]


def test_preparing_a_node_twice_keeps_its_disk(tmp_path: Path) -> None:
    """A node's files are written before its first start only; what it changed stays."""
    power.prepare(TWO, TWO.node("n1"), tmp_path)
    conf = tmp_path / "upper" / "etc/corosync/corosync.conf"
    conf.write_text("changed")

    power.prepare(TWO, TWO.node("n1"), tmp_path)

    assert conf.read_text() == "changed"
    wanted = tmp_path / "upper/etc/systemd/system/multi-user.target.wants/lab-network.service"
    assert wanted.resolve().is_file()


def test_a_half_prepared_node_is_prepared_again(tmp_path: Path) -> None:
    """A file that a killed up had begun to write is finished by the next one."""
    unfinished = tmp_path / "upper.unfinished" / "etc"
    unfinished.mkdir(parents=True)
    (unfinished / "hostname").write_text("half")

    power.prepare(TWO, TWO.node("n1"), tmp_path)

    assert (tmp_path / "upper/etc/hostname").read_text() == "n1\n"


def test_a_node_is_launched_from_its_own_tree() -> None:
    """The launch names overlay, control groups, machine and bridge, and never a word of its own."""
    argv = power.launch_command(TWO.node("n2"), Path("/lab/n2"), Path("/images/bookworm"))

    nspawn = argv[argv.index("systemd-nspawn") :]
    assert "--directory=/lab/n2/root" in nspawn
    assert "--machine=crmtest-n2" in nspawn
    assert "--network-bridge=crmtest" in nspawn
    overlay = "lowerdir=/images/bookworm,upperdir=/lab/n2/upper,workdir=/lab/n2/work"
    assert overlay in argv
    groups = argv[argv.index(overlay) + 1 : argv.index("--")]
    assert groups == tuple(f"{root}/crmtui-lab-crmtest/n2" for root in cgroup.hierarchies())


def test_an_image_is_built_without_naming_a_mirror(tmp_path: Path) -> None:
    """Mmdebstrap gets the release and the folder last, and chooses the mirror itself."""
    argv = image.build_command("trixie", tmp_path)

    assert argv[-2:] == ("trixie", str(tmp_path))
    assert any(word.startswith("--include=") and "pacemaker" in word for word in argv)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of images of a cache of our own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "crmtui" / "lab"
    folder.mkdir(parents=True)
    return folder


def _builder(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(
        image, "build_command", lambda _release, at: ("sh", "-ec", script, "sh", at)
    )


def test_a_built_image_is_kept(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image is built once; what lay around of a half one is not part of it."""
    _builder(monkeypatch, 'mkdir "$1" && touch "$1/whole"')
    expected = image.path("bookworm")
    expected.with_name(f"{expected.name}.unfinished").joinpath("rubbish").mkdir(parents=True)
    said: list[str] = []

    assert image.build("bookworm", said.append) == expected
    assert image.build("bookworm", said.append) == expected

    assert [path.name for path in expected.iterdir()] == ["whole"]
    assert len(said) == 1


def test_another_recipe_makes_another_image(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content of an image decides on its name; the image before goes when the new one is there."""
    (cache / "bookworm").mkdir()
    (cache / "trixie-12345678").mkdir()
    _builder(monkeypatch, 'mkdir "$1"')
    first = image.build("bookworm", lambda _: None)
    _builder(monkeypatch, 'mkdir "$1"; true')
    second = image.build("bookworm", lambda _: None)

    assert first.name.startswith("bookworm-")
    assert first != second
    assert {path.name for path in cache.iterdir() if path.is_dir()} == {
        second.name,
        "trixie-12345678",
    }


def test_an_image_that_nodes_stand_on_stays(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image is not taken from under a lab that was brought up before the recipe changed."""
    _builder(monkeypatch, 'mkdir "$1"')
    first = image.build("bookworm", lambda _: None)
    (cache / "bookworm").mkdir()
    line = f"31 1 0:30 / /run/x rw - overlay overlay rw,lowerdir={first},upperdir=/u,workdir=/w"
    monkeypatch.setattr(image, "_mounts", lambda: (line,))
    _builder(monkeypatch, 'mkdir "$1"; true')

    image.build("bookworm", lambda _: None)

    assert first.is_dir()
    assert not (cache / "bookworm").exists()


def test_a_failed_build_leaves_its_log_only(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fails says why in its builder's words and leaves no image, half or whole."""
    _builder(monkeypatch, 'mkdir "$1"; echo "E: no \033[31mmirror" >&2; exit 25')

    with pytest.raises(LabFailed, match="could not be built: E: no mirror\n"):
        image.build("bookworm", lambda _: None)

    assert sorted(path.name for path in cache.iterdir()) == ["bookworm.log", "lock"]


def test_half_images_are_discarded(cache: Path) -> None:
    """Half images go, whole ones stay."""
    (cache / "trixie.unfinished" / "etc").mkdir(parents=True)
    (cache / "trixie").mkdir()

    image.discard_unfinished()

    assert (cache / "trixie").is_dir()
    assert not (cache / "trixie.unfinished").exists()


def _mon(nodes: str, dc: str = "true") -> str:
    summary = f'<summary><current_dc present="{dc}"/></summary>'
    return f"<pacemaker-result>{summary}<nodes>{nodes}</nodes></pacemaker-result>"


N1 = '<node name="n1" online="true" pending="false"/>'
N2_PENDING = '<node name="n2" online="true" pending="true"/>'
N3_OFFLINE = '<node name="n3" online="false" pending="false"/>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (_mon(N1 + N2_PENDING + N3_OFFLINE), {"n1"}),
        (_mon(N1, dc="false"), set()),
        ("crm_mon: Connection to cluster failed", set()),
        ("", set()),
    ],
)
def test_online_are_the_members_a_dc_has_admitted(xml: str, expected: set[str]) -> None:
    """Online are nodes that are neither pending nor offline, once there is a DC."""
    assert online_nodes(xml) == expected


def test_a_lab_that_is_down_has_no_nodes() -> None:
    """Without a plan the status is empty and says so."""
    assert lab_status("crmtest", None) == LabStatus("crmtest", "", "", ())
    assert not lab_status("crmtest", None).is_up


def test_a_node_that_is_off_says_how_to_boot_it() -> None:
    """Nothing can be started on a node that does not run; the error says how to switch it on."""
    off = LabPlan("neverup", "bookworm", 1, TWO.subnet).node("n1")

    with pytest.raises(LabFailed, match="crmtui lab boot n1"):
        LabTarget(off).invocation(["true"])


@pytest.mark.parametrize("act", [Lab.up, Lab.down, Lab.status, Lab.target])
def test_everything_needs_root(act: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without root the lab says so, before it tries anything."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(LabFailed, match="needs root"):
        act(Lab("neverup"))  # type: ignore[operator]


def test_all_that_is_missing_is_named_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing programs, with their packages, and missing control groups are in one message."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(cgroup, "hierarchies", lambda: ())

    with pytest.raises(LabFailed) as caught:
        host.require(image_is_built=False)

    for word in ("systemd-nspawn", "systemd-container", "iproute2", "mmdebstrap", "cgroup2"):
        assert word in caught.value.hint


def test_a_refusing_kernel_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal of the kernel is told with the reason given and the module that may cure it."""
    refusing = tmp_path / "unshare"
    refusing.write_text("#!/bin/sh\necho 'no way' >&2\nexit 1\n")
    refusing.chmod(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    with pytest.raises(LabFailed) as caught:
        host.require(image_is_built=True)

    assert "no way" in caught.value.hint
    assert "modprobe overlay" in caught.value.hint
    assert "modprobe bridge" in caught.value.hint


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of labs of our own."""
    monkeypatch.setattr(folder, "_BASE", tmp_path / "labs")
    return tmp_path / "labs"


def test_removing_a_lab_leaves_no_folder(base: Path) -> None:
    """After the last lab is removed, neither its lock nor the folder of labs is left."""
    lab = folder.LabFolder("crmtest")
    with lab.locked():
        assert base.stat().st_mode & 0o777 == 0o700
        lab.remove()

    assert not base.exists()


def test_whoever_waited_for_a_removed_lock_gets_the_new_one(base: Path) -> None:
    """A waiter whose lock was removed with its lab does not think it holds the lab's lock."""
    lab = folder.LabFolder("crmtest")
    held: list[bool] = []

    def wait() -> None:
        with lab.locked() as lock:
            held.append(os.path.samestat(os.fstat(lock), (base / "crmtest.lock").stat()))

    waiter = threading.Thread(target=wait)
    with lab.locked():
        waiter.start()
        lab.remove()
    waiter.join(10)

    assert held == [True]
