"""Draws what is seen: a bicycle in the snow, a poster, a map and a whiteboard."""

from __future__ import annotations

import itertools
import math
import random

from canvas import Canvas, Colour, Point
from PIL import Image

WHITE: Colour = (255, 255, 255)
INK: Colour = (40, 42, 48)


def red_bicycle() -> Image.Image:
    """A red bicycle in fallen and falling snow, before a house and two firs."""
    canvas = Canvas(1200, 900, (196, 208, 222))
    canvas.gradient((168, 186, 208), (226, 232, 238), 0, 560)
    _house(canvas)
    _fir(canvas, 940, 590, 300)
    _fir(canvas, 1090, 610, 220)
    _snowy_ground(canvas)
    _bicycle(canvas, 560, 650)
    chance = random.Random(3)
    for _ in range(260):
        spot = (chance.uniform(0, 1200), chance.uniform(0, 900))
        canvas.circle(spot, chance.uniform(1.6, 4.6), fill=WHITE)
    return canvas.picture()


def _house(canvas: Canvas) -> None:
    canvas.box((90, 250, 450, 600), fill=(212, 170, 92))
    for y in range(270, 600, 24):
        canvas.line([(90, y), (450, y)], (198, 156, 80), 1.5)
    canvas.polygon([(60, 256), (270, 110), (480, 256)], (110, 64, 52))
    canvas.polygon([(60, 256), (270, 110), (480, 256), (470, 230), (270, 92), (70, 230)], WHITE)
    for x in (140, 320):
        canvas.box((x, 320, x + 84, 430), fill=(250, 226, 150), outline=WHITE, width=7)
        canvas.line([(x + 42, 322), (x + 42, 428)], WHITE, 4)
        canvas.line([(x, 375), (x + 84, 375)], WHITE, 4)
    canvas.box((224, 470, 312, 600), fill=(84, 104, 92), outline=WHITE, width=6)
    canvas.circle((296, 540), 5, fill=(230, 210, 140))


def _fir(canvas: Canvas, x: float, foot: float, height: float) -> None:
    canvas.box((x - 11, foot - 40, x + 11, foot + 10), fill=(92, 68, 50))
    for step in range(4):
        top = foot - height + step * height * 0.2
        reach = height * (0.14 + 0.07 * step)
        low = top + height * 0.33
        canvas.polygon([(x, top), (x - reach, low), (x + reach, low)], (46, 84, 70))
        cap = 0.42
        points = [(x, top), (x - reach * cap, top + (low - top) * cap)]
        points += [(x, top + (low - top) * 0.3), (x + reach * cap, top + (low - top) * cap)]
        canvas.polygon(points, WHITE)


def _snowy_ground(canvas: Canvas) -> None:
    far = [(x, 572 + 12 * math.sin(x / 130)) for x in range(0, 1201, 20)]
    canvas.polygon([*far, (1200, 900), (0, 900)], (236, 241, 246))
    near = [(x, 742 + 16 * math.sin(x / 170 + 2)) for x in range(0, 1201, 20)]
    canvas.polygon([*near, (1200, 900), (0, 900)], (248, 250, 252))


def _bicycle(canvas: Canvas, x: float, y: float) -> None:
    red: Colour = (204, 28, 36)
    rear, front = (x, y), (x + 330, y)
    pedals, seat, head = (x + 128, y + 6), (x + 82, y - 176), (x + 268, y - 178)
    for hub in (rear, front):
        _wheel(canvas, hub, 118)
    for a, b in ((rear, pedals), (rear, (x + 90, y - 140)), (pedals, seat), (pedals, head)):
        canvas.line([a, b], red, 13)
    canvas.line([(x + 90, y - 140), head], red, 13)
    canvas.line([(head[0] - 8, head[1] - 34), head, front], red, 13)
    canvas.line([(head[0] - 8, head[1] - 34), (head[0] + 34, head[1] - 48)], INK, 9)
    canvas.line([(head[0] + 34, head[1] - 48), (head[0] + 52, head[1] - 26)], INK, 9)
    canvas.line([seat, (seat[0] - 6, seat[1] - 24)], INK, 8)
    canvas.box((seat[0] - 50, seat[1] - 42, seat[0] + 38, seat[1] - 22), fill=INK, radius=10)
    canvas.box((seat[0] - 46, seat[1] - 52, seat[0] + 34, seat[1] - 38), fill=WHITE, radius=7)
    canvas.circle(pedals, 24, outline=INK, width=7)
    canvas.line([(pedals[0] - 26, pedals[1] + 34), (pedals[0] + 26, pedals[1] - 34)], INK, 7)
    canvas.line([(pedals[0] + 12, pedals[1] - 36), (pedals[0] + 42, pedals[1] - 34)], INK, 8)
    canvas.line([(pedals[0] - 42, pedals[1] + 36), (pedals[0] - 12, pedals[1] + 34)], INK, 8)


def _wheel(canvas: Canvas, hub: Point, radius: float) -> None:
    for spoke in range(12):
        turn = math.pi * spoke / 6
        end = (hub[0] + radius * math.cos(turn), hub[1] + radius * math.sin(turn))
        canvas.line([hub, end], (150, 154, 160), 1.6)
    canvas.circle(hub, radius, outline=INK, width=11)
    canvas.circle(hub, 10, fill=INK)
    # Fresh snow has settled where the tyre meets the ground.
    canvas.polygon(
        [
            (hub[0] - 80, hub[1] + radius + 20),
            (hub[0] - 34, hub[1] + radius - 10),
            (hub[0] + 40, hub[1] + radius - 12),
            (hub[0] + 84, hub[1] + radius + 20),
        ],
        (248, 250, 252),
    )


def concert_poster() -> Image.Image:
    """A poster of a concert by the harbour: night, moon, a lighthouse and its beam."""
    canvas = Canvas(840, 1180, (16, 26, 58))
    canvas.gradient((14, 22, 52), (62, 72, 128), 0, 860)
    chance = random.Random(5)
    for _ in range(70):
        spot = (chance.uniform(0, 840), chance.uniform(0, 520))
        canvas.circle(spot, chance.uniform(0.8, 2.2), fill=(220, 226, 250))
    canvas.circle((660, 430), 58, fill=(246, 236, 196))
    canvas.polygon([(214, 574), (840, 470), (840, 690)], (104, 106, 138))
    canvas.box((0, 840, 840, 1180), fill=(10, 18, 40))
    canvas.polygon([(0, 860), (90, 790), (300, 790), (400, 860)], (18, 22, 34))
    canvas.polygon([(150, 800), (172, 600), (232, 600), (254, 800)], (232, 228, 220))
    canvas.polygon([(159, 720), (164, 670), (240, 670), (245, 720)], (190, 48, 44))
    canvas.box((176, 550, 228, 602), fill=(255, 228, 130))
    canvas.polygon([(166, 552), (202, 512), (238, 552)], (190, 48, 44))
    for row in range(8):
        y = 880 + row * 13
        x = chance.uniform(500, 640)
        canvas.line([(x, y), (x + chance.uniform(60, 150), y)], (196, 184, 140), 2)
    canvas.text((420, 70), "HARBOUR LIGHTS", 84, (250, 240, 206), "ma", bold=3)
    canvas.text((420, 186), "An open-air concert", 44, WHITE, "ma", bold=1)
    canvas.text((420, 1000), "Saturday 20 June at 19:30", 52, (250, 240, 206), "ma", bold=2)
    canvas.text((420, 1076), "Bryggen Quay, Bergen   Free entry", 34, WHITE, "ma")
    return canvas.picture()


def cabin_map() -> Image.Image:
    """A map of the walk from the bus stop to the cabin."""
    canvas = Canvas(1000, 760, (226, 234, 208))
    shore: list[Point] = [
        (560, 760),
        (520, 640),
        (600, 560),
        (560, 430),
        (660, 330),
        (640, 200),
        (760, 110),
    ]
    canvas.polygon([*shore, (1000, 60), (1000, 760)], (158, 198, 224))
    canvas.line(shore, (104, 156, 192), 3)
    canvas.line([(0, 150), (170, 170), (330, 120), (560, 60), (720, 0)], (170, 164, 154), 20)
    canvas.line([(0, 150), (170, 170), (330, 120), (560, 60), (720, 0)], (250, 248, 240), 14)
    path: list[Point] = [(190, 168), (240, 270), (330, 330), (360, 440), (450, 510), (470, 590)]
    _dashes(canvas, path, (160, 72, 40))
    for x, y in ((80, 320), (130, 420), (70, 520), (200, 560), (140, 650), (290, 660), (300, 560)):
        canvas.polygon([(x, y - 42), (x - 20, y), (x + 20, y)], (104, 146, 96))
    canvas.box((150, 84, 196, 126), fill=WHITE, outline=INK, width=2)
    canvas.polygon([(146, 86), (173, 40), (200, 86)], (120, 124, 130))
    canvas.text((173, 8), "White church", 24, INK, "ma")
    canvas.circle((190, 168), 10, fill=(40, 92, 160))
    canvas.text((40, 192), "Bus stop", 26, INK)
    canvas.box((444, 596, 500, 640), fill=(152, 70, 52), outline=INK, width=2)
    canvas.polygon([(436, 598), (472, 562), (508, 598)], (90, 50, 42))
    canvas.text((472, 650), "Cabin", 30, INK, "ma", bold=1)
    canvas.text((372, 360), "Path, 20 minutes", 24, (160, 72, 40))
    canvas.text((790, 430), "Lake Vannsjo", 40, (44, 92, 132), "ma", bold=1)
    canvas.text((30, 706), "The walk to the cabin", 34, INK, bold=1)
    _compass(canvas, 920, 150)
    return canvas.picture()


def _dashes(canvas: Canvas, path: list[Point], colour: Colour) -> None:
    for (ax, ay), (bx, by) in itertools.pairwise(path):
        count = max(1, round(math.dist((ax, ay), (bx, by)) / 20))
        for step in range(count):
            a, b = step / count, (step + 0.55) / count
            ends = [(ax + (bx - ax) * part, ay + (by - ay) * part) for part in (a, b)]
            canvas.line(ends, colour, 4)


def _compass(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle((x, y), 40, fill=WHITE, outline=INK, width=2)
    canvas.polygon([(x, y - 32), (x - 11, y), (x + 11, y)], (190, 48, 44))
    canvas.polygon([(x, y + 32), (x - 11, y), (x + 11, y)], INK)
    canvas.text((x, y - 48), "N", 26, INK, "mb", bold=1)


def whiteboard() -> Image.Image:
    """The carpenter's plan on a whiteboard in her workshop."""
    blue, green, red = (30, 74, 160), (24, 120, 72), (196, 40, 44)
    canvas = Canvas(1200, 840, (176, 168, 158))
    canvas.gradient((188, 180, 170), (150, 142, 132), 0, 840)
    canvas.box((70, 60, 1130, 760), fill=(168, 172, 176), radius=10)
    canvas.box((88, 78, 1112, 742), fill=(248, 250, 250))
    canvas.box((420, 752, 780, 776), fill=(130, 134, 138), radius=6)
    for x, colour in ((470, blue), (560, red), (650, green)):
        canvas.line([(x, 758), (x + 60, 756)], colour, 9)
    canvas.text((130, 112), "KITCHEN PLAN", 56, blue, bold=3)
    canvas.line([(130, 182), (520, 178)], blue, 4)
    steps = (
        ("1  Tear out", "4 May", blue),
        ("2  Pipes and wires", "11 May", blue),
        ("3  Cupboards", "26 May", green),
        ("4  Oak worktop", "8 June", green),
    )
    for index, (what, when, colour) in enumerate(steps):
        y = 226 + index * 92
        canvas.box((130, y, 560, y + 62), outline=colour, width=3, radius=12)
        canvas.text((152, y + 31), what, 36, colour, "lm", bold=1)
        canvas.text((590, y + 31), when, 36, colour, "lm", bold=1)
    canvas.text((130, 640), "Finished by 12 June!", 50, red, bold=3)
    canvas.line([(130, 704), (610, 700)], red, 5)
    _kitchen_plan(canvas, (INK, red))
    return canvas.picture()


def _kitchen_plan(canvas: Canvas, pens: tuple[Colour, Colour]) -> None:
    ink, red = pens
    canvas.text((930, 150), "3.6 m", 32, ink, "ma", bold=1)
    corners: list[Point] = [(790, 210), (1070, 206), (1074, 560), (786, 556), (790, 210)]
    canvas.line(corners, ink, 4)
    canvas.line([(850, 210), (850, 500), (786, 502)], ink, 3)
    canvas.circle((820, 300), 18, outline=ink, width=3)
    canvas.circle((820, 350), 18, outline=ink, width=3)
    canvas.text((866, 310), "stove", 28, ink)
    canvas.text((866, 440), "sink", 28, ink)
    canvas.text((1000, 240), "window", 28, ink, "ma")
    canvas.line([(970, 556), (1040, 480)], red, 4)
    canvas.text((980, 590), "door opens out", 28, red, "ma")
