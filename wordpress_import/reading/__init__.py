"""Reads WordPress exports (WXR), whole and damaged ones, item by item: files in, records out."""

from wordpress_import.reading.export import Export, open_exports
from wordpress_import.reading.problems import NotAnExportError, Problem

__all__ = ["Export", "NotAnExportError", "Problem", "open_exports"]
