"""Which index is asked: the site's own, or the server that SEARCH_URL names."""

from __future__ import annotations

import logging

from search import matching, remote
from search.matching import Found, Question

logger = logging.getLogger(__name__)


def find(question: Question) -> Found:
    """Answer the question. Where the server does not, or has not got everything yet, the site's own index does."""
    if remote.can_answer(question):
        try:
            return remote.find(question)
        except remote.ERRORS:
            logger.exception("The search server does not answer: the site's own index does.")
            remote.rest()
    return matching.find(question)
