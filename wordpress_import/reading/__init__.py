"""Reads WordPress exports (WXR), whole and damaged ones, item by item: files in, records out."""
