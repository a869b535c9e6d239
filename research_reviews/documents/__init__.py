"""The editor's door for documents: a file or pasted text, who and what it is about, and its draft beside its source."""
