"""The retraction watch: asks Crossref what publishers have since said of the studies, and has it acted upon."""
