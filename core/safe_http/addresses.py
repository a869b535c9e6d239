"""Which addresses are of the public internet, and what a web address names."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from core.safe_http.failures import Refused

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
# Of IPv6 only this is given out for use on the internet (IANA); loopback, private and translated addresses lie outside.
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Tunnels and documentation inside it: 6to4 and Teredo lead to whatever IPv4 address is written in them.
NOT_GLOBAL = [ipaddress.ip_network(network) for network in ("2002::/16", "2001::/32", "2001:db8::/32", "3fff::/20")]
# Networks without IPv4 reach it through this prefix (RFC 6052): the address behind it is the one to judge.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Relays of 6to4: retired, but some Pythons take them for public.
RELAYS = ipaddress.ip_network("192.88.99.0/24")
MISLEADING = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True)
class Target:
    """Where a request goes."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What tells one server from another."""
        return self.scheme, self.host, self.port


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: what is written inside a longer form counts."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return is_public_v4(ip)
    if ip.ipv4_mapped:
        return is_public_v4(ip.ipv4_mapped)
    if ip in NAT64:
        return is_public_v4(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip in GLOBAL_UNICAST and ip.is_global and not any(ip in network for network in NOT_GLOBAL)


def is_public_v4(ip: ipaddress.IPv4Address) -> bool:
    """Whether it is neither loopback, link-local, private, shared by a provider, for groups nor kept back."""
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in RELAYS


def read_target(url: str) -> Target:
    """Return where the address leads. Raises Refused where it is no plain address of the web."""
    if len(url) > LONGEST or MISLEADING.search(url):
        raise Refused(_("This is not an address of a web page."))
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise Refused(_("This is not an address of a web page.")) from error
    if parts.scheme not in PORTS or not parts.host:
        raise Refused(_("Only addresses that begin with http:// or https:// can be asked."))
    # A name before an @ makes an address look as if it led elsewhere.
    if parts.auth is not None or is_odd_number(parts.host):
        raise Refused(_("This address is written in a way that hides where it leads."))
    return Target(parts.scheme, parts.host, parts.port or PORTS[parts.scheme], parts.request_uri)


def is_odd_number(host: str) -> bool:
    """Whether a host is an IPv4 address in other than its usual form: decimal, octal, hexadecimal or shortened.

    The rule is the one by which browsers tell numbers from names (URL Standard, "ends in a number").
    """
    last = host.rstrip(".").rpartition(".")[2]
    if not re.fullmatch(r"[0-9]+|0[xX][0-9a-fA-F]*", last):
        return False
    try:
        return str(ipaddress.IPv4Address(host)) != host
    except ValueError:
        return True
