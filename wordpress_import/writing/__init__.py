"""Writes records as pages, people, responses, media and redirects, and keeps what came of each."""
