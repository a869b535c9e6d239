"""Which addresses are public, in every way of writing them that somebody has tried on somebody."""

from __future__ import annotations

import pytest

from core.safe_http import Refused
from core.safe_http.addresses import is_public, read_target

PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.169.0.1",
    "2606:4700::1111",
]
PUBLIC_INSIDE = ["::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104 - asked about, not bound to
    *("0.1.2.3", "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *(
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "3fff::1",
    ),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8"),
    *("64:ff9b::127.0.0.1", "64:ff9b::10.1.2.3", "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:808:808::", "2001::1"),
    *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "100::1", "4000::1", "3fff::1"),
    *("", "localhost", "127.1", "0x7f000001", "2130706433", "8.8.8.8 ", "8.8.8"),
]


@pytest.mark.parametrize("address", [*PUBLIC, *PUBLIC_INSIDE])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_of_the_machine_or_its_network_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/"),
        *("javascript:alert(1)", "http://", "http:///path", "http://example.org:port/", "http://exa mple.org/"),
        *("http://user@example.org/", "http://user:password@example.org/"),
        *("http://example.org\\@127.0.0.1/", "http://example.org\r\nHost: internal/", "http://example.org\t/"),
        *("http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/"),
        *("http://0/", "http://127.0.0.0x1/", "http://0177.0.0.1/", "http://127.0.0.1./", "http://8.8.8.08/"),
        *(
            "http://\uff11\uff12\uff17.0.0.1/",
            "http://127\u30020\u30020\u30021/",
            "http://[::1/",
            "http://" + "a" * 3000,
        ),
    ],
)
def test_an_address_that_is_none_or_hides_where_it_leads_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        read_target(url)


def test_an_address_is_taken_apart() -> None:
    target = read_target("HTTPS://Example.ORG/a%2Fb?c=d#e")

    assert (target.scheme, target.host, target.port, target.path) == ("https", "example.org", 443, "/a%2Fb?c=d")
    assert read_target("http://münchen.example/").host == "xn--mnchen-3ya.example"
    assert read_target("http://[2606:4700::1111]:80/").host == "[2606:4700::1111]"
