"""Turns what WordPress editors wrote into the nodes of research_reviews.intake."""
