"""A document in, a structured draft out: pure, no database.

A reader (html.py, text.py, markdown.py, docx.py) makes nodes (nodes.py) of a source; structure.py makes a draft
(draft.py) of nodes. Nothing of the source's words is lost or invented: words.py counts them.
"""
