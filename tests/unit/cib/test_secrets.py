"""Secret values are found wherever crm takes them, and nothing else is masked."""

from __future__ import annotations

import pytest

from crmtui.cib.secrets import Secrets

X = "******"


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (
            "primitive st s:x params ip=1 passwd=geheim login=a",
            f"primitive st s:x params ip=1 passwd={X} login=a",
        ),
        ("primitive st s:x params PASSWORD=geheim", f"primitive st s:x params PASSWORD={X}"),
        (
            'primitive st s:x params passwd="zwei worte" ip=1',
            f"primitive st s:x params passwd={X} ip=1",
        ),
        ("primitive st s:x params passwd='a\"b' ip=1", f"primitive st s:x params passwd={X} ip=1"),
        (
            r'primitive st s:x params passwd="a\"b c" ip=1',
            f"primitive st s:x params passwd={X} ip=1",
        ),
        (r"primitive st s:x params passwd=a\ b ip=1", f"primitive st s:x params passwd={X} ip=1"),
        ('primitive st s:x params passwd=a"b c"d ip=1', f"primitive st s:x params passwd={X} ip=1"),
        ('primitive st s:x params passwd="nie zu Ende', f"primitive st s:x params passwd={X}"),
        (
            "primitive st s:x params ip=1 \\\n  passwd=geheim",
            f"primitive st s:x params ip=1 \\\n  passwd={X}",
        ),
        ("set st.passwd geheim", f"set st.passwd {X}"),
        ("resource param st set passwd geheim", f"resource param st set passwd {X}"),
        ("node attribute n1 set password geheim", f"node attribute n1 set password {X}"),
        ("resource secret st set token geheim", f"resource secret st set token {X}"),
        (
            'xml <primitive id="a"><nvpair id="a-p" name="passwd" value="geheim"/></primitive>',
            f'xml <primitive id="a"><nvpair id="a-p" name="passwd" value="{X}"/></primitive>',
        ),
        (
            "xml <nvpair value='geheim' id='a-p' name='passwd'/>",
            f"xml <nvpair value='{X}' id='a-p' name='passwd'/>",
        ),
        ("primitive st s:x params ip=1 login=passwd", "primitive st s:x params ip=1 login=passwd"),
        ("set st.ip 10.0.0.1", "set st.ip 10.0.0.1"),
        ("resource param st show passwd", "resource param st show passwd"),
        ("primitive passwd Dummy", "primitive passwd Dummy"),
    ],
)
def test_what_is_masked(line: str, masked: str) -> None:
    """The value is masked as a whole, quotes and all, and the rest of the line stays."""
    secrets = Secrets()
    assert secrets.masked(line) == masked
    assert secrets.masked(masked) == masked
    assert secrets.is_masked(masked) is (X in masked)
    assert not secrets.is_masked(line)


@pytest.mark.parametrize("pattern", ["login|*_key", "login *_key", "|login | *_key|"])
def test_the_pattern_of_crm_is_heeded(pattern: str) -> None:
    """Patterns are separated by blanks or bars, and passwords stay secret beside them."""
    secrets = Secrets(pattern)
    assert [secrets.is_secret(name) for name in ("login", "api_key", "passwd", "ip")] == [
        True,
        True,
        True,
        False,
    ]


def test_six_stars_elsewhere_are_text() -> None:
    """Only in the place of a secret the mask means that something is missing."""
    assert not Secrets().is_masked('primitive a Dummy description="******"')
