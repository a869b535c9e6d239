"""The way out: everything that the site holds, as files that other programs read."""
