"""Scenes of places: corridors, windows, roofs, paths, the sea at dawn."""

from __future__ import annotations

import math
from random import Random

from home.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, mix, ring


def ridge(random: Random, level: float, swing: float, waves: float = 1.5) -> list[Point]:
    """Return the outline of hills or waves: a soft line across the sheet, closed below it."""
    phase, second = random.uniform(0, math.tau), random.uniform(0, math.tau)
    line = []
    for step in range(81):
        along = step / 80
        height = math.sin(along * math.tau * waves + phase) + 0.45 * math.sin(along * math.tau * waves * 2.3 + second)
        line.append((along * WIDTH, level + swing * height))
    return [*line, (WIDTH, HEIGHT), (0, HEIGHT)]


def arch(centre: float, floor: float, half_width: float, height: float) -> list[Point]:
    """Return the outline of a round-headed opening that stands on the floor."""
    head = ring((centre, floor - height + half_width), half_width, 180, 360)
    return [(centre - half_width, floor), *head, (centre + half_width, floor)]


def arches(random: Random, width: int) -> Canvas:
    """A corridor of paper arches, and daylight at its end."""
    near_wall, far_wall, ball = random.choice(
        [("#1f2b45", "#d9825f", "#f2745c"), ("#123c45", "#d9a04f", "#e2683f"), ("#3a2247", "#d77a86", "#f6c24f")]
    )
    canvas = Canvas(width, "#ffe3b8", "#f7b98b")
    centre, drift = random.uniform(5.6, 10.4), random.uniform(-0.9, 0.9)
    canvas.glow((centre, 4.6), 5, "#fff6e0", 0.9)
    canvas.disc((centre + random.uniform(-0.4, 0.4), random.uniform(4.3, 5.3)), 0.62, ball, lift=0.05)
    canvas.paper(ridge(random, 6.1, 0.16), "#8fb3a6", "#6f9a90")
    count = random.choice([4, 5, 6])
    for step in range(count):
        depth = step / (count - 1)
        shade = mix(far_wall, near_wall, depth**0.8)
        opening = arch(centre + drift * step, 7.0 + 2.4 * depth, 1.25 + 5.0 * depth, 4.3 + 4.6 * depth)
        canvas.frame(opening, mix(shade, "#ffffff", 0.1), shade, lift=0.14 + 0.2 * depth)
    near = centre + drift * (count - 1)
    floor = [(centre - 1.1, 7.0), (centre + 1.1, 7.0), (near + 4.2, HEIGHT), (near - 4.2, HEIGHT)]
    canvas.beam(floor, "#ffd9a3", 0.3, 0.2)
    return canvas


def window(random: Random, width: int) -> Canvas:
    """A barred window, its light far across the wall, and two cups on a table."""
    wall, table = random.choice([("#34506b", "#c9774f"), ("#5b4a72", "#d99a58"), ("#2f6060", "#c26a4a")])
    canvas = Canvas(width, mix(wall, "#ffffff", 0.14), mix(wall, "#0b1020", 0.3))
    left, slant = random.uniform(1.4, 2.8), random.uniform(1.4, 2.6)
    panes = [(column, row) for column in range(3) for row in range(2)]
    for column, row in panes:
        x, y = left + 5.2 + column * 1.75, 1.9 + row * 2.25 + column * 0.22
        light = [(x, y), (x + 1.45, y + 0.18), (x + 1.45 + slant, y + 2.1), (x + slant, y + 1.92)]
        canvas.beam(light, "#ffd08a", 0.62, 0.07)
    frame = [(left - 0.25, 1.05), (left + 3.85, 1.05), (left + 3.85, 4.95), (left - 0.25, 4.95)]
    canvas.paper(frame, mix(wall, "#ffffff", 0.3), mix(wall, "#ffffff", 0.16), lift=0.2)
    for column, row in panes:
        x, y = left + column * 1.25, 1.3 + row * 1.8
        canvas.paper([(x, y), (x + 1.1, y), (x + 1.1, y + 1.6), (x, y + 1.6)], "#ffe9bf", "#f9b877", lift=0.03)
    canvas.glow((left + 1.8, 3.0), 5, "#ffe7b5", 0.5)
    level = 7.55
    canvas.paper(
        [(0, level), (WIDTH, level), (WIDTH, HEIGHT), (0, HEIGHT)], table, mix(table, "#0b1020", 0.35), lift=0.25
    )
    middle = random.uniform(7.2, 9.4)
    cup(canvas, (middle - 1.1, level + 0.35), 1, "#f6ead6")
    cup(canvas, (middle + 1.3, level + 0.55), -1, mix(wall, "#ffffff", 0.45))
    return canvas


def cup(canvas: Canvas, foot: Point, side: int, shade: str) -> None:
    """Set down a cup, its handle to one side."""
    x, y = foot
    canvas.disc((x - side * 0.55, y - 0.55), 0.36, shade, lift=0.08)
    canvas.disc((x - side * 0.55, y - 0.55), 0.2, mix(shade, "#2a1c14", 0.55), lift=0)
    bowl = [
        (x - 0.55, y - 1.15),
        (x + 0.55, y - 1.15),
        (x + 0.48, y - 0.18),
        (x + 0.3, y),
        (x - 0.3, y),
        (x - 0.48, y - 0.18),
    ]
    canvas.paper(bowl, shade, mix(shade, "#5a3a28", 0.2), lift=0.14)


def rooftops(random: Random, width: int) -> Canvas:
    """Rows of roofs at dusk, and one door that stands open."""
    high, low, rows = random.choice(
        [
            ("#5b6c9c", "#f6b9a0", ["#8d86ae", "#625f8f", "#3c3f6c"]),
            ("#1d3f5c", "#8fb8b4", ["#5d8c98", "#3a6b80", "#1f4863"]),
            ("#f2cf9f", "#f7a17f", ["#c9756b", "#94505f", "#5c3450"]),
        ]
    )
    canvas = Canvas(width, high, low)
    canvas.disc((random.uniform(10.5, 13.5), random.uniform(1.6, 2.6)), 0.85, "#fff0d6", "#ffe0b5", lift=0.04)
    for row, (level, shade) in enumerate(zip((5.0, 6.0, 7.1), rows, strict=True)):
        canvas.paper(roofline(random, level, row), mix(shade, "#ffffff", 0.08), shade, lift=0.18)
        for _window in range(5 + row * 2):
            x, y = random.uniform(0.5, 15.2), level + random.uniform(0.55, 0.8)
            pane = [(x, y), (x + 0.22, y), (x + 0.22, y + 0.34), (x, y + 0.34)]
            canvas.paper(pane, random.choice(["#ffd58c", "#f5a86c", mix(shade, "#ffffff", 0.15)]), lift=0)
    x = random.uniform(3.2, 8.6)
    house = [(x, HEIGHT), (x, 5.6), (x + 1.75, 4.1), (x + 3.5, 5.6), (x + 3.5, HEIGHT)]
    canvas.paper(house, "#f3e3cf", "#e0c3a4", lift=0.28)
    roof = [(x - 0.4, 5.85), (x + 1.75, 3.95), (x + 3.9, 5.85), (x + 3.6, 6.05), (x + 1.75, 4.45), (x - 0.1, 6.05)]
    canvas.paper(roof, "#c4553f", "#a8442f", lift=0.12)
    door = [(x + 1.25, HEIGHT), (x + 1.25, 6.7), (x + 2.25, 6.7), (x + 2.25, HEIGHT)]
    canvas.paper(door, "#ffe3a3", "#ffc56b", lift=0)
    canvas.glow((x + 1.75, 7.9), 3.4, "#ffd98f", 0.55)
    leaf = [(x + 1.25, HEIGHT), (x + 1.25, 6.7), (x + 0.75, 6.95), (x + 0.75, HEIGHT)]
    canvas.paper(leaf, "#2f6f73", "#225559", lift=0.1)
    return canvas


def roofline(random: Random, level: float, row: int) -> list[Point]:
    """Return the outline of a terrace: gables, flat roofs and chimneys, closed below."""
    line: list[Point] = [(0, level)]
    x = -random.uniform(0, 1)
    while x < WIDTH:
        span = random.uniform(1.1, 1.9) + row * 0.25
        top = level - random.uniform(0, 0.35)
        if random.random() < 0.75:
            line += [(x, top), (x + span / 2, top - 0.75 - row * 0.12), (x + span, top)]
        else:
            line += [(x, top - 0.5), (x + span, top - 0.5)]
        if random.random() < 0.5:
            line += [(x + span, top - 0.7), (x + span + 0.22, top - 0.7), (x + span + 0.22, top)]
        x += span + 0.22
    return [*line, (WIDTH + 2, HEIGHT), (0, HEIGHT)]


def lighthouse(random: Random, width: int) -> Canvas:
    """A lighthouse over a quiet sea, its light reaching both ways."""
    high, low = random.choice([("#17264d", "#6d7fb5"), ("#231f4a", "#c07f93"), ("#0f2f45", "#5f9fa5")])
    canvas = Canvas(width, high, low)
    x = random.choice([random.uniform(3.4, 5.2), random.uniform(10.6, 12.4)])
    for _star in range(26):
        canvas.disc(
            (random.uniform(0, WIDTH), random.uniform(0.2, 4.2)), random.uniform(0.02, 0.045), "#e9ecff", lift=0
        )
    light = (x, 2.55)
    for reach, spread in ((16, 2.3), (-16, 2.3)):
        rise = random.uniform(-0.9, 0.1)
        far = [(x + reach, 2.55 + rise - spread / 2), (x + reach, 2.55 + rise + spread / 2)]
        canvas.beam([light, *far], "#ffe2a0", 0.5, 0.1)
    canvas.glow(light, 3.2, "#fff1c9", 0.8)
    canvas.paper(ridge(random, 6.35, 0.05, 2), "#5d79ae", "#4c68a0", lift=0.1)
    base = 7.1
    rock = [
        (x - 2.6, base + 0.9),
        (x - 1.5, base - 0.5),
        (x - 0.4, base - 0.75),
        (x + 1.1, base - 0.6),
        (x + 2.7, base + 0.9),
    ]
    canvas.paper(rock, "#2a3a60", "#1b2747")
    for step in range(5):
        bottom, top = base - 0.6 - step * 0.74, base - 0.6 - (step + 1) * 0.74
        lower, upper = 0.62 - step * 0.055, 0.62 - (step + 1) * 0.055
        band = [(x - lower, bottom), (x - upper, top), (x + upper, top), (x + lower, bottom)]
        canvas.paper(band, "#f4ece1" if step % 2 == 0 else "#d8604f", lift=0.07)
    canvas.paper([(x - 0.5, 2.9), (x + 0.5, 2.9), (x + 0.42, 2.75), (x - 0.42, 2.75)], "#22305a")
    canvas.paper(
        [(x - 0.26, 2.78), (x - 0.26, 2.25), (x + 0.26, 2.25), (x + 0.26, 2.78)], "#fff0bf", "#ffdc8a", lift=0.04
    )
    canvas.paper([(x - 0.4, 2.28), (x, 1.8), (x + 0.4, 2.28)], "#d8604f", "#b84a3d", lift=0.06)
    for level, shade in ((7.3, "#3c5790"), (7.9, "#2b4379"), (8.45, "#1c2f5c")):
        canvas.paper(ridge(random, level, 0.1, 3.2), mix(shade, "#ffffff", 0.1), shade, lift=0.14)
    return canvas


def dawn(random: Random, width: int) -> Canvas:
    """The sun coming up behind hills, ring upon ring of light."""
    high, low, far, near = random.choice(
        [("#39407a", "#f4a58c", "#544f8c", "#ffcb8e"), ("#1f4e68", "#f3cf9a", "#2f6f80", "#ffd99a")]
    )
    canvas = Canvas(width, high, low)
    centre = (random.uniform(4.6, 11.4), random.uniform(4.6, 5.6))
    middle = "#cf7590"
    shades = [mix(far, middle, step / 3) if step < 3 else mix(middle, near, (step - 2) / 3) for step in range(6)]
    for step, shade in enumerate(shades):
        canvas.disc(centre, 6.6 - step * 1.0, mix(shade, "#ffffff", 0.06), shade, lift=0.13)
    canvas.disc(centre, 0.95, "#fff1cf", "#ffdf9e", lift=0.05)
    canvas.glow(centre, 2.6, "#fff4d8", 0.6)
    hills = [
        (5.9 + step * 0.73, mix(mix(far, "#d9a0a0", 0.35), mix(high, "#0b1030", 0.45), step / 3)) for step in range(4)
    ]
    for step, (level, shade) in enumerate(hills):
        canvas.paper(ridge(random, level, 0.32 - step * 0.03, 1.1 + step * 0.3), mix(shade, "#ffffff", 0.12), shade)
    return canvas


def path(random: Random, width: int) -> Canvas:
    """A path that winds over hills towards the light."""
    far, near, sky = random.choice(
        [("#b5d3ba", "#1d4d50", "#cfe7df"), ("#e8c58f", "#7a3f3f", "#fbe3cf"), ("#b9c4e0", "#2c3768", "#e3e3f2")]
    )
    canvas = Canvas(width, sky, "#fbe6b6")
    middle = random.uniform(6.5, 9.5)
    sun = (middle + random.uniform(-2.5, 2.5), random.uniform(2.0, 2.9))
    canvas.glow(sun, 5, "#fff7dc", 0.9)
    canvas.disc(sun, 0.9, "#f6a44b", "#ef8a3c", lift=0.05)
    for step in range(5):
        shade = mix(far, near, step / 4.6)
        canvas.paper(ridge(random, 4.4 + step * 0.95, 0.2, 0.9), mix(shade, "#ffffff", 0.14), shade, lift=0.2)
    canvas.paper(winding(random, middle), "#fff6de", "#f7d493", lift=0.1)
    for side in (-1, 1):
        x = middle + side * random.uniform(5.4, 6.6)
        canvas.paper(mound((x, 9.6), 3.4, 2.4), mix(near, "#000000", 0.2), lift=0.25)
    return canvas


def winding(random: Random, middle: float) -> list[Point]:
    """Return the outline of a path from the far hills to the foot of the sheet, wider as it comes nearer."""
    phase, swing = random.uniform(0, math.tau), random.uniform(1.5, 2.2)
    left: list[Point] = []
    right: list[Point] = []
    for step in range(121):
        along = step / 120
        x = middle + swing * (0.3 + along) * math.sin(math.tau * 1.7 * along**0.75 + phase)
        y = 4.5 + 4.8 * along**1.35
        breadth = 0.05 + 0.95 * along**1.6
        left.append((x - breadth, y))
        right.append((x + breadth, y))
    return [*left, *reversed(right)]


def mound(top: Point, breadth: float, height: float) -> list[Point]:
    """Return the outline of a rounded hill."""
    return [(top[0] + (x - top[0]) * breadth, top[1] + (y - top[1]) * height) for x, y in ring(top, 1, 180, 360)]
