"""Feeds of reviews: all, by topic, by person."""
