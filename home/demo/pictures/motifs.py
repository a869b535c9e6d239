"""Scenes of things and patterns: books and leaves, a quilt, a nest."""

from __future__ import annotations

import math
from random import Random

from home.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, mix, ring


def leaf(root: Point, length: float, angle: float, breadth: float = 0.3) -> list[Point]:
    """Return the outline of a leaf that grows from the root at the angle, in degrees from upright."""
    turn = math.radians(angle)
    along, across = (math.sin(turn), -math.cos(turn)), (math.cos(turn), math.sin(turn))
    steps = [step / 24 for step in range(25)]
    sides = [(share * length, math.sin(share * math.pi) ** 0.85 * length * breadth) for share in steps]
    outline = [*sides, *((far, -wide) for far, wide in reversed(sides))]
    return [
        (root[0] + along[0] * far + across[0] * wide, root[1] + along[1] * far + across[1] * wide)
        for far, wide in outline
    ]


def books(random: Random, width: int) -> Canvas:
    """A pile of books from which leaves grow."""
    sky, sun, desk = random.choice(
        [("#fdf1dd", "#f9c58d", "#27505f"), ("#e2eee9", "#f2b8a0", "#4b3f6b"), ("#f7e3e0", "#f6cf7f", "#2d5a50")]
    )
    canvas = Canvas(width, sky, mix(sky, "#e9b48f", 0.35))
    centre = random.uniform(6.2, 9.8)
    canvas.disc((centre + random.uniform(-1.8, 1.8), random.uniform(3.4, 4.1)), 3.0, sun, lift=0.1)
    level = 8.1
    canvas.paper([(0, level), (WIDTH, level), (WIDTH, HEIGHT), (0, HEIGHT)], desk, lift=0.2)
    covers = ["#d95f4b", "#2f7f86", "#f0b04f", "#6a5a94", "#3f8f6f", "#274a6b"]
    random.shuffle(covers)
    for step, cover in enumerate(covers[: random.choice([3, 4, 5])]):
        half, thick = random.uniform(2.3, 3.1) - step * 0.16, random.uniform(0.46, 0.72)
        level = book(canvas, (centre + random.uniform(-0.4, 0.4), level), half, thick, cover)
    angles = [-64, 64, -42, 42, -22, 22, random.uniform(-6, 6)]
    for angle in angles:
        shade = random.choice(["#2f7f6b", "#4a9a78", "#1f6158", "#79b58a"])
        length = random.uniform(2.3, 2.9) * (1 - abs(angle) / 230)
        turned = angle + random.uniform(-6, 6)
        canvas.paper(leaf((centre, level + 0.05), length, turned, 0.2), mix(shade, "#ffffff", 0.14), shade, lift=0.1)
    return canvas


def book(canvas: Canvas, foot: Point, half: float, thick: float, cover: str) -> float:
    """Lay down a book with two bands on its spine, and return the level of its upper side."""
    x, level = foot
    top = level - thick
    canvas.paper([(x - half, top), (x + half, top), (x + half, level), (x - half, level)], cover, lift=0.12)
    for place in (-0.72, 0.66):
        left = x + half * place
        canvas.paper([(left, top), (left + 0.16, top), (left + 0.16, level), (left, level)], "#fff1d8", lift=0)
    return top


def quilt(random: Random, width: int) -> Canvas:
    """A quilt of quarter circles with one quiet patch in it."""
    ground = ["#f6ead6", "#efdcc0", "#e8e4d2"]
    shapes = random.choice(
        [
            ["#1f5f73", "#e2785a", "#f0b95a", "#7c6fa8", "#3f9086", "#28416b"],
            ["#2b3a67", "#7d8cc4", "#b8c4e8", "#496a81", "#e0a458", "#66999b"],
            ["#5b2a4a", "#c8553d", "#f28f3b", "#588b8b", "#d9a5a0", "#2d3047"],
        ]
    )
    canvas = Canvas(width, "#f6ead6", "#e9d8bd")
    tile = 1.6
    quiet = (random.randint(3, 6), random.randint(1, 3))
    for column in range(math.ceil(WIDTH / tile)):
        for row in range(math.ceil(HEIGHT / tile)):
            x, y = column * tile, row * tile
            square = [(x, y), (x + tile, y), (x + tile, y + tile), (x, y + tile)]
            if 0 <= column - quiet[0] < 2 and 0 <= row - quiet[1] < 2:
                canvas.paper(square, "#fbf4e6", "#fbf4e6", lift=0)
                continue
            canvas.paper(square, random.choice(ground), lift=0)
            patch(canvas, random, (x, y), tile, random.sample(shapes, 3))
    heart = ((quiet[0] + 1) * tile, (quiet[1] + 1) * tile)
    canvas.disc(heart, tile * 0.62, "#e2785a", "#d4644a", lift=0.2)
    return canvas


def patch(canvas: Canvas, random: Random, corner: Point, tile: float, shades: list[str]) -> None:
    """Lay one patch of the quilt: nested quarter circles, two leaves, or a disc."""
    x, y = corner
    kind = random.random()
    if kind < 0.62:
        turn = random.randrange(4)
        pivot = (x + tile * (turn in (1, 2)), y + tile * (turn in (2, 3)))
        for share, shade in zip((1.0, 0.66, 0.33), shades, strict=True):
            canvas.paper([pivot, *ring(pivot, tile * share, turn * 90, turn * 90 + 90, 30)], shade, lift=0.05)
    elif kind < 0.86:
        first, second = ((x, y), (x + tile, y + tile)) if random.random() < 0.5 else ((x + tile, y), (x, y + tile))
        lens = [*corner_arc(first, second, tile), *corner_arc(second, first, tile)]
        canvas.paper(lens, shades[0], lift=0.05)
    else:
        canvas.disc((x + tile / 2, y + tile / 2), tile * 0.38, shades[0], lift=0.06)
        canvas.disc((x + tile / 2, y + tile / 2), tile * 0.16, shades[1], lift=0.04)


def corner_arc(start: Point, end: Point, tile: float) -> list[Point]:
    """Return the quarter circle that leads from one corner of a tile to the opposite one."""
    pivot = (start[0], end[1])
    from_angle = math.degrees(math.atan2(start[1] - pivot[1], start[0] - pivot[0]))
    to_angle = math.degrees(math.atan2(end[1] - pivot[1], end[0] - pivot[0]))
    turn = (to_angle - from_angle + 180) % 360 - 180
    return ring(pivot, tile, from_angle, from_angle + turn, 30)


def nest(random: Random, width: int) -> Canvas:
    """Bowls of paper that hold something warm."""
    outer, between, inner, sky = random.choice(
        [
            ("#23485c", "#7fb5a5", "#ef9f6d", "#e7efe9"),
            ("#5a2f4f", "#d2718a", "#f7c56f", "#f5e6e0"),
            ("#2d5144", "#a3bf7a", "#f2a65a", "#eef0dc"),
        ]
    )
    canvas = Canvas(width, sky, mix(sky, "#f2c59b", 0.4))
    centre = (random.uniform(6.0, 10.0), random.uniform(3.7, 4.2))
    canvas.glow(centre, 5.4, "#fff5df", 0.95)
    people = [(-1.75, 0.62), (1.65, 0.72), (0.0, 1.02)]
    random.shuffle(people)
    for step in range(6):
        shade = mix(outer, between, step / 3) if step < 3 else mix(between, inner, (step - 3) / 2)
        rim = (centre[0], centre[1] + 0.14 * step)
        if step == 3:
            for place, radius in people:
                tint = random.choice(["#fff0c9", "#ffd68d", "#f7c9b0"])
                canvas.disc((centre[0] + place, rim[1] - radius * 0.35), radius, tint, lift=0.14)
        canvas.paper(ring(rim, 4.9 - step * 0.62, 0, 180), mix(shade, "#ffffff", 0.14), shade, lift=0.2)
    for side in (-1, 1):
        for turn in (18, 44):
            shade = random.choice([outer, inner, mix(outer, inner, 0.4)])
            root = (centre[0] + side * random.uniform(4.3, 4.7), centre[1] + 0.05)
            canvas.paper(leaf(root, random.uniform(1.0, 1.6), side * turn, 0.22), mix(shade, "#ffffff", 0.15), shade)
    return canvas


def letter(random: Random, width: int) -> Canvas:
    """An open envelope with a letter in it, among drifting sheets."""
    sky, cover, lining = random.choice(
        [("#f3dcc6", "#c9614a", "#28416b"), ("#dfe8ec", "#2f6b75", "#f0b95a"), ("#efe2ee", "#6a5a94", "#e2785a")]
    )
    canvas = Canvas(width, sky, mix(sky, "#d9a58a", 0.35))
    x, y = random.uniform(6.8, 9.2), 4.2
    canvas.disc((x + random.uniform(-1.5, 1.5), 3.9), 3.3, mix(sky, "#ffffff", 0.45), mix(sky, lining, 0.18), lift=0.08)
    for place in (-5.2, -3.6, 3.8, 5.4):
        sheet(canvas, (x + place + random.uniform(-0.4, 0.4), random.uniform(1.6, 7.4)), random.uniform(-28, 28))
    canvas.paper([(x - 3, y), (x, y - 2.5), (x + 3, y), (x + 3, y + 3.7), (x - 3, y + 3.7)], lining, lift=0.3)
    canvas.paper([(x - 2.5, y - 2.1), (x + 2.5, y - 2.1), (x + 2.5, y + 2), (x - 2.5, y + 2)], "#fffaf0", "#f3e6d0")
    for line in range(4):
        half, top = random.uniform(1.1, 2.05), y - 1.55 + line * 0.55
        words = [(x - half, top), (x + half, top), (x + half, top + 0.12), (x - half, top + 0.12)]
        canvas.paper(words, mix(lining, "#ffffff", 0.35), lift=0)
    for side in (-1, 1):
        fold = [(x + side * 3, y), (x + side * 0.1, y + 2.05), (x + side * 3, y + 3.7)]
        canvas.paper(fold, mix(cover, "#ffffff", 0.12), cover, lift=0.12)
    canvas.paper([(x - 3, y + 3.72), (x, y + 1.5), (x + 3, y + 3.72)], mix(cover, "#ffffff", 0.22), cover, lift=0.2)
    return canvas


def sheet(canvas: Canvas, centre: Point, angle: float) -> None:
    """Let a small sheet of paper drift."""
    turn = math.radians(angle)
    corners = [(-0.62, -0.42), (0.62, -0.42), (0.62, 0.42), (-0.62, 0.42)]
    turned = [
        (x * math.cos(turn) - y * math.sin(turn) + centre[0], x * math.sin(turn) + y * math.cos(turn) + centre[1])
        for x, y in corners
    ]
    canvas.paper(turned, "#fffaf0", "#f1e4d0", lift=0.2)
