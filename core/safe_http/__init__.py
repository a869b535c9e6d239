"""Asking servers that somebody else named: public addresses only, a size and a time that end, nothing remembered."""

from core.safe_http.client import Answer, download, fetch
from core.safe_http.failures import FetchFailed, Refused, TooLarge, TooSlow, Unreachable

__all__ = ["Answer", "FetchFailed", "Refused", "TooLarge", "TooSlow", "Unreachable", "download", "fetch"]
