"""Makes pages of what the reader yields: found out first (survey.py), written in batches, accounted for, once."""
