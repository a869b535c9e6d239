"""Proof of work: a calculation that costs a browser a second and a flood of programs their day.

The challenge is altcha's (PBKDF2, version 2), made and checked here: no other host is asked. static/js/proof.js solves
it.
"""

from __future__ import annotations

import base64
import hmac
import json
import logging
import secrets
import time
from typing import Any

import altcha
from django.conf import settings
from django.core.cache import caches

ALGORITHM = "PBKDF2/SHA-256"
# Rounds a try, and tries: half of them on average. A challenge costs the server one try, a check none.
COST = 2_000
MOST_TRIES = 1_000
SECONDS = 20 * 60
LONGEST = 4_000
FIELD = "proof"
# What the button sends that does without: a moderator looks first.
WITHOUT = "none"

logger = logging.getLogger(__name__)


def challenge() -> str:
    """Return a new challenge as JSON, for a page that is made for one sender and not kept."""
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=secrets.randbelow(MOST_TRIES),
        expires_at=int(time.time()) + SECONDS,
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("key"),
    )
    return json.dumps({**made.to_dict(), "mostTries": MOST_TRIES})


def is_solved(payload: str) -> bool:
    """Whether it is the solution of a challenge of ours, in time, for the first time."""
    if not payload or len(payload) > LONGEST:
        return False
    try:
        result = altcha.verify_solution(payload, _secret("challenge"), hmac_key_secret=_secret("key"))
    except (AttributeError, TypeError, ValueError):  # JSON of another shape than the library reckons with
        return False
    return bool(result.verified) and _is_first_use(payload)


def _is_first_use(payload: str) -> bool:
    """Whether the solution was not used before. By its nonce, since the rest can be written in other ways."""
    nonce = parameters_of(payload)["nonce"]
    try:
        return bool(caches["default"].add(f"proof-{nonce}", True, SECONDS))
    except Exception:
        logger.exception("The cache is away: a proof of work can be used again.")
        return True


def parameters_of(payload: str) -> dict[str, Any]:
    """Return the parameters of the challenge that the solution is for."""
    parameters: dict[str, Any] = json.loads(base64.b64decode(payload))["challenge"]["parameters"]
    return parameters


def _secret(purpose: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), f"proof of work\n{purpose}".encode(), "sha256").hex()
