"""Draws what is printed: two receipts, a train ticket and a chart."""

from __future__ import annotations

import random

from canvas import Canvas, Colour
from PIL import Image, ImageFilter

INK: Colour = (38, 38, 42)
PALE: Colour = (120, 120, 124)
PAPER: Colour = (250, 249, 244)

GROCERIES = (
    ("Potatoes 2 kg", "29.90"),
    ("Leeks", "18.50"),
    ("Cod fillet 600 g", "84.00"),
    ("Butter", "27.90"),
    ("Cardamom", "22.60"),
    ("Rye bread", "34.50"),
)
WORKSHOP = (
    ("Studded tyres, pair", "890.00"),
    ("Chain 9-speed", "349.00"),
    ("Fitting 1.5 h", "675.00"),
)


def green_grocer() -> Image.Image:
    """A grocer's receipt lying a little askew on a wooden table."""
    slip = _receipt(
        "THE GREEN GROCER",
        ("Market Lane 7, Oslo", "Tel. 22 55 01 37"),
        "14.03.2026   17:42",
        GROCERIES,
        "217.40",
        ("Paid by card", "Thank you, come again!"),
    )
    return _on_table(slip, 760, 960, 2.2)


def bike_shop() -> Image.Image:
    """A workshop's receipt, scanned straight."""
    return _receipt(
        "ELM STREET CYCLES",
        ("Elm Street 22, Oslo",),
        "08.11.2025   11:05",
        WORKSHOP,
        "1914.00",
        ("Paid in cash", "Two years on parts"),
    )


def _receipt(
    shop: str,
    address: tuple[str, ...],
    date: str,
    items: tuple[tuple[str, str], ...],
    total: str,
    closing: tuple[str, ...],
) -> Image.Image:
    width, middle = 560, 280
    height = 374 + 44 * len(items) + 36 * (len(address) + len(closing))
    canvas = Canvas(width, height, PAPER)
    canvas.text((middle, 44), shop, 38, INK, "ma", bold=2)
    y = 104.0
    for row in address:
        canvas.text((middle, y), row, 24, PALE, "ma")
        y += 36
    canvas.text((middle, y + 12), "RECEIPT", 28, INK, "ma", bold=1)
    canvas.text((middle, y + 56), date, 24, INK, "ma")
    y += 104
    _rule(canvas, y)
    y += 24
    for name, price in items:
        canvas.text((44, y), name, 26, INK)
        canvas.text((width - 44, y), price, 26, INK, "ra")
        y += 44
    _rule(canvas, y + 4)
    canvas.text((44, y + 28), "TOTAL NOK", 34, INK, bold=2)
    canvas.text((width - 44, y + 28), total, 34, INK, "ra", bold=2)
    y += 104
    for row in closing:
        canvas.text((middle, y), row, 24, PALE, "ma")
        y += 36
    return canvas.picture()


def _rule(canvas: Canvas, y: float) -> None:
    for x in range(44, canvas.size[0] - 44, 16):
        canvas.line([(x, y), (x + 7, y)], PALE, 1.5)


def _on_table(slip: Image.Image, width: int, height: int, degrees: float) -> Image.Image:
    table = _wood(width, height)
    mask = Image.new("L", slip.size, 255).rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=0
    )
    turned = slip.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    at = ((width - turned.width) // 2, (height - turned.height) // 2)
    shadow = Image.new("L", table.size, 0)
    shadow.paste(mask.point(lambda value: value * 0.55), (at[0] + 10, at[1] + 14))
    dark = Image.new("RGB", table.size, (40, 24, 12))
    table.paste(dark, mask=shadow.filter(ImageFilter.GaussianBlur(12)))
    table.paste(turned, at, mask)
    return table


def _wood(width: int, height: int) -> Image.Image:
    chance = random.Random(7)
    canvas = Canvas(width, height, (150, 106, 66))
    for board in range(0, width, 188):
        shade = chance.randint(-10, 10)
        colour = (152 + shade, 108 + shade, 68 + shade)
        canvas.box((board, 0, board + 186, height), fill=colour)
        for _ in range(14):
            x = board + chance.uniform(6, 180)
            drift = chance.uniform(-8, 8)
            grain = (colour[0] - 14, colour[1] - 13, colour[2] - 10)
            canvas.line([(x, 0), (x + drift, height / 2), (x, height)], grain, 1.2)
    return canvas.picture()


def train_ticket() -> Image.Image:
    """A ticket from Oslo to Bergen, with a stub and stripes for the gate."""
    blue: Colour = (24, 68, 120)
    canvas = Canvas(1100, 470, (226, 230, 235))
    canvas.box((24, 24, 1076, 446), fill=(253, 253, 250), radius=18)
    canvas.box((24, 24, 1076, 110), fill=blue, radius=18)
    canvas.box((24, 80, 1076, 110), fill=blue)
    canvas.text((60, 44), "TRAIN TICKET", 40, (255, 255, 255), bold=1)
    canvas.text((1040, 50), "Northern Line", 30, (200, 216, 236), "ra")
    canvas.text((60, 136), "Oslo to Bergen", 52, INK, bold=2)
    fields = (
        ("Date", "19 June 2026", 60, 226),
        ("Departure", "08:25", 360, 226),
        ("Arrival", "15:02", 580, 226),
        ("Passenger", "Nora Lind", 60, 330),
        ("Coach", "4", 360, 330),
        ("Seat", "21 window", 580, 330),
    )
    for label, value, x, y in fields:
        canvas.text((x, y), label, 24, PALE)
        canvas.text((x, y + 34), value, 36, INK, bold=1)
    for y in range(124, 440, 18):
        canvas.line([(800, y), (800, y + 8)], PALE, 1.5)
    _stripes(canvas, 846, 146, 186, 210)
    canvas.text((939, 380), "GT 4471 902", 26, INK, "ma")
    return canvas.picture()


def _stripes(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    chance = random.Random(11)
    end = x + width
    while x < end - 6:
        thick = chance.choice((2, 3, 5))
        canvas.box((x, y, x + thick, y + height), fill=INK)
        x += thick + chance.choice((3, 4, 6))


def electricity_chart() -> Image.Image:
    """Bars of the electricity used in each month of a year."""
    used = (1480, 1320, 1110, 820, 510, 390, 340, 370, 520, 790, 1090, 1410)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    canvas = Canvas(1040, 640, (255, 255, 255))
    canvas.text((520, 34), "Electricity used in 2025", 38, INK, "ma", bold=1)
    canvas.text((520, 86), "kilowatt hours per month", 24, PALE, "ma")
    floor, left = 560, 120
    for mark in range(0, 1501, 500):
        y = floor - mark * 0.27
        canvas.line([(left, y), (1000, y)], (218, 220, 224), 1)
        canvas.text((left - 14, y), str(mark), 22, PALE, "rm")
    for index, (value, month) in enumerate(zip(used, months, strict=True)):
        x = left + 16 + index * 73
        warm = (206, 96, 62) if value == max(used) else (64, 128, 164)
        canvas.box((x, floor - value * 0.27, x + 48, floor), fill=warm)
        canvas.text((x + 24, floor - value * 0.27 - 8), str(value), 19, INK, "mb")
        canvas.text((x + 24, floor + 14), month, 24, INK, "ma")
    return canvas.picture()
