"""What pages say of themselves to search engines, in the vocabulary of schema.org.

Each module builds nodes, which are dicts; `graph` writes them. `syndication_tags` chooses who describes a page.
"""
