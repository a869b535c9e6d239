"""The accent colour: whether it can be read where pages use it, and the nearest one that can.

Contrast as in WCAG 2.2, 1.4.3. A nearest colour keeps its hue and differs in lightness alone, as eyes see it (OKLCH);
what no screen can show of it loses chroma.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from coloraide import Color

# Level AA, for text of any size.
LEAST_CONTRAST = 4.5
# As close as two lightnesses are told apart in eight bits a channel.
STEPS = 12
HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


@dataclass(frozen=True)
class Ground:
    """What the accent is seen on: paper and surface of static/css/tokens.css, with the accent that stands there."""

    paper: str
    surface: str
    accent: str
    # The lightness at the end of the scale where every colour can be read.
    readable_end: float

    def contrast(self, colour: str) -> float:
        """Return the colour's lower contrast of the two."""
        return min(Color(colour).contrast(self.paper), Color(colour).contrast(self.surface))

    def passes(self, colour: str) -> bool:
        """Whether text of the colour can be read on both, and text of theirs on the colour."""
        return self.contrast(colour) >= LEAST_CONTRAST


LIGHT = Ground("#fdfcf9", "#f5f1e8", "#8a2b1a", readable_end=0)
DARK = Ground("#181614", "#23201d", "#f0a48d", readable_end=1)


def normalised(text: str) -> str:
    """Return a colour as # and six digits; empty where the text is none."""
    match = HEX.fullmatch(text.strip())
    if not match:
        return ""
    digits = match[1].lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(2 * digit for digit in digits)


@lru_cache(maxsize=256)
def nearest(colour: str, ground: Ground) -> str:
    """Return the colour itself where it can be read on the ground, else the nearest of its hue that can."""
    if ground.passes(colour):
        return colour
    at = lightnesses(colour)
    readable, unreadable = ground.readable_end, Color(colour).convert("oklch")["lightness"]
    for _step in range(STEPS):
        middle = (readable + unreadable) / 2
        if ground.passes(at(middle)):
            readable = middle
        else:
            unreadable = middle
    return at(readable)


def lightnesses(colour: str) -> Callable[[float], str]:
    """Return a function that gives the colour another lightness."""
    original = Color(colour).convert("oklch")

    def at(lightness: float) -> str:
        changed = original.clone().set("lightness", lightness)
        return changed.convert("srgb").fit("srgb", method="oklch-chroma").to_string(hex=True)

    return at


def ratio(contrast: float) -> str:
    """Return a contrast as it is written, never rounded up to one that would pass."""
    return f"{math.floor(contrast * 100) / 100:.2f}:1"


@lru_cache(maxsize=256)
def accent_style(text: str) -> str:
    """Return the style sheet that makes a colour the accent, in light and dark; empty where the text is no colour.

    What could not be read, in light mode too, gives way to the nearest that can: not everything comes from the form.
    Forced colours stay the reader's own.
    """
    colour = normalised(text)
    if not colour:
        return ""
    light = nearest(colour, LIGHT)
    dark = f"@media (prefers-color-scheme:dark){{:root{{--accent:{nearest(light, DARK)}}}}}"
    return f"@media (forced-colors:none){{@layer tokens{{:root{{--accent:{light}}}{dark}}}}}"
