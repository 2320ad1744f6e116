"""Drawn pictures for the self-test vision model, each with questions and their exact answers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont

SIDE = 64
"""Pixels that the network sees on each side."""
_FINE = 4
"""Drawn this much larger first, so that edges come out smooth."""

COLOURS = {
    "red": (215, 40, 40),
    "green": (40, 150, 60),
    "blue": (40, 80, 215),
    "yellow": (240, 210, 40),
    "purple": (140, 50, 170),
    "orange": (245, 130, 30),
    "black": (20, 20, 20),
    "white": (250, 250, 250),
}
BACKGROUNDS = {"white": (250, 250, 250), "grey": (165, 165, 165), "black": (20, 20, 20)}
SHAPES = ("circle", "square", "triangle", "diamond", "cross", "ring")
PLACES = (
    *("top left", "top", "top right"),
    *("left", "centre", "right"),
    *("bottom left", "bottom", "bottom right"),
)
# Printed words that training never shows; the measurement reads these.
UNSEEN_WORDS = ("LAMP", "FISH", "TREE", "GOLD", "MILK", "WIND", "BOOK", "SAND", "DOOR", "RAIN")

Asked = tuple[str, str]
"""A question and its answer."""


@dataclass(frozen=True)
class Mark:
    """What lies in a box (left, top, right, bottom in fractions of the side): a shape or a letter."""

    box: tuple[float, float, float, float]
    colour: str
    shape: str = ""
    letter: str = ""
    index: int = 0
    """The letter's place in its word, from 1."""
    cell: int = 0
    """The shape's cell of the grid, from 1."""


@dataclass(frozen=True)
class Drawing:
    """A picture, SIDE pixels square unless drawn larger, and what may be asked about it."""

    image: Image.Image
    asked: list[Asked]
    kind: str
    marks: list[Mark]


@dataclass(frozen=True)
class Thing:
    """One drawn shape; `place` counts the cells of a 3 by 3 grid row by row."""

    shape: str
    colour: str
    place: int

    @property
    def name(self) -> str:
        """As questions call it: red circle."""
        return f"{self.colour} {self.shape}"


KINDS = ("one", "several", "crowd", "number", "word")
_SHARES = (18, 30, 14, 16, 22)
HARDER_SHARES = (5, 47, 28, 8, 12)
"""What training draws of each kind: more of what takes longer to learn."""


def draw(chance: random.Random, side: int = SIDE, shares: tuple[int, ...] = _SHARES) -> Drawing:
    """A random picture. `side` other than SIDE draws it for another size."""
    kind = chance.choices(KINDS, shares)[0]
    if kind == "number":
        return _printed(chance, kind, _number(chance), side)
    if kind == "word":
        return _printed(chance, kind, word(chance), side)
    count = {"one": 1, "several": chance.randint(2, 4), "crowd": chance.randint(2, 6)}[kind]
    return _scene(chance, kind, count, side)


def word(chance: random.Random) -> str:
    """Letters that look like a word as often as not; never one of UNSEEN_WORDS."""
    length = chance.choice((2, 3, 3, 4, 4))
    starts_with_vowel = chance.random() < 0.3
    while True:
        letters = [
            chance.choice("AEIOU" if (i % 2 == 0) == starts_with_vowel else "BCDFGHJKLMNPQRSTVWXYZ")
            if chance.random() < 0.7
            else chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            for i in range(length)
        ]
        if (found := "".join(letters)) not in UNSEEN_WORDS:
            return found


def _number(chance: random.Random) -> str:
    return str(chance.randint(0, 10 ** chance.choice((1, 2, 3, 3)) - 1))


# --- scenes of shapes -----------------------------------------------------------------


def _scene(chance: random.Random, kind: str, count: int, side: int) -> Drawing:
    background = chance.choice(list(BACKGROUNDS))
    colours = [colour for colour in COLOURS if colour != background]
    shapes: Sequence[str] = SHAPES
    if kind == "crowd":
        # Few kinds, so that counting one of them is worth asking.
        colours, shapes = chance.sample(colours, 2), chance.sample(SHAPES, 2)
    cells = chance.sample(range(9), count)
    things = [Thing(chance.choice(shapes), chance.choice(colours), cell) for cell in cells]
    image = Image.new("RGB", (side * _FINE,) * 2, _jittered(chance, BACKGROUNDS[background]))
    pen = ImageDraw.Draw(image)
    marks = [_draw_thing(chance, pen, thing, side * _FINE) for thing in things]
    asked = _questions(chance, things, background)
    return Drawing(_shrunk(chance, image, side), asked, kind, marks)


def _draw_thing(
    chance: random.Random, pen: ImageDraw.ImageDraw, thing: Thing, whole: float
) -> Mark:
    # Columns and rows of 16 pixels with 8 between, of the 64 that the network sees.
    radius = whole * chance.uniform(6.3, 7.8) / SIDE
    x = _near(chance, (thing.place % 3 * 24 + 8) / SIDE * whole, whole)
    y = _near(chance, (thing.place // 3 * 24 + 8) / SIDE * whole, whole)
    colour = _jittered(chance, COLOURS[thing.colour])
    box = (x - radius, y - radius, x + radius, y + radius)
    if thing.shape == "circle":
        pen.ellipse(box, fill=colour)
    elif thing.shape == "square":
        pen.rectangle(box, fill=colour)
    elif thing.shape == "triangle":
        pen.polygon(((x, y - radius), (x + radius, y + radius), (x - radius, y + radius)), colour)
    elif thing.shape == "diamond":
        pen.polygon(((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)), colour)
    elif thing.shape == "cross":
        arm = radius / 3
        pen.rectangle((x - radius, y - arm, x + radius, y + arm), fill=colour)
        pen.rectangle((x - arm, y - radius, x + arm, y + radius), fill=colour)
    else:
        pen.ellipse(box, outline=colour, width=max(1, round(radius / 2.6)))
    left, top, right, bottom = (edge / whole for edge in box)
    return Mark((left, top, right, bottom), thing.colour, shape=thing.shape, cell=thing.place + 1)


def _questions(chance: random.Random, things: list[Thing], background: str) -> list[Asked]:
    asked = [
        (_colour(chance, "What {colour} is the background?"), background),
        (
            chance.choice(("How many shapes are there?", "How many shapes do you see?")),
            str(len(things)),
        ),
    ]
    shapes = Counter(thing.shape for thing in things)
    colours = Counter(thing.colour for thing in things)
    names = Counter(thing.name for thing in things)
    asked += _about_kinds(chance, shapes, colours)
    for thing in things:
        if shapes[thing.shape] == 1:
            asked.append((_colour(chance, f"What {{colour}} is the {thing.shape}?"), thing.colour))
            asked.append((f"Where is the {thing.shape}?", PLACES[thing.place]))
        if colours[thing.colour] == 1:
            asked.append((f"What shape is {thing.colour}?", thing.shape))
        if names[thing.name] == 1:
            asked.append((f"Where is the {thing.name}?", PLACES[thing.place]))
    if len(things) == 1:
        only = things[0]
        asked.append((_colour(chance, "What {colour} is it?"), only.colour))
        asked.append((chance.choice(("What shape is it?", "Which shape is it?")), only.shape))
        asked += [(_describe(chance), f"a {only.name}".replace("a o", "an o"))] * 2
    if len(things) == 2:
        first, second = sorted(things, key=lambda thing: thing.place)
        asked.append((_describe(chance), f"{_a(first.name)} and {_a(second.name)}"))
    return asked


def _about_kinds(chance: random.Random, shapes: Counter[str], colours: Counter[str]) -> list[Asked]:
    shape = chance.choice([*shapes, chance.choice(SHAPES)])
    colour = chance.choice([*colours, chance.choice(list(COLOURS))])
    other = chance.choice((chance.choice(SHAPES), chance.choice(list(shapes))))
    return [
        (f"How many {plural(shape)} are there?", str(shapes[shape])),
        (f"How many {colour} shapes are there?", str(colours[colour])),
        (f"Is there a {other}?", "yes" if shapes[other] else "no"),
    ]


# --- printed words and numbers --------------------------------------------------------


def _printed(chance: random.Random, kind: str, text: str, side: int) -> Drawing:
    return printed(chance, kind, text, side)


def printed(chance: random.Random, kind: str, text: str, side: int = SIDE) -> Drawing:
    """`text` printed on a plain background; `kind` is word or number."""
    background = chance.choice(list(BACKGROUNDS))
    colour = chance.choice(
        [name for name in COLOURS if name not in (background, "yellow", "white")]
        if background != "black"
        else [name for name in COLOURS if name not in ("black", "purple", "blue")]
    )
    whole = side * _FINE
    image = Image.new("RGB", (whole, whole), _jittered(chance, BACKGROUNDS[background]))
    marks = _print(chance, ImageDraw.Draw(image), text, whole, colour)
    asked = _printed_questions(chance, kind, text, colour)
    return Drawing(_shrunk(chance, image, side), asked, kind, marks)


def _print(
    chance: random.Random, pen: ImageDraw.ImageDraw, text: str, whole: int, colour: str
) -> list[Mark]:
    """Each letter in a cell of its own, as on a display; four cells are as wide as the picture."""
    cell = whole / 4
    font = _font(round(cell * chance.uniform(1.02, 1.12)))
    ink = _jittered(chance, COLOURS[colour])
    start = chance.randint(0, 4 - len(text))
    top = chance.choice((0.0, 0.375, 0.75)) * whole
    thick = round(whole / 256)
    marks = []
    for index, letter in enumerate(text):
        left = (start + index) * cell
        middle = (_near(chance, left + cell / 2, whole), _near(chance, top + cell / 2, whole))
        pen.text(middle, letter, ink, font, anchor="mm", stroke_width=thick)
        box = (left / whole, top / whole, (left + cell) / whole, (top + cell) / whole)
        marks.append(Mark(box, colour, letter=letter, index=index + 1))
    return marks


def _near(chance: random.Random, place: float, whole: float) -> float:
    """Within three quarters of a pixel, as the network sees it."""
    return place + chance.uniform(-0.75, 0.75) * whole / SIDE


def _printed_questions(chance: random.Random, kind: str, text: str, colour: str) -> list[Asked]:
    ways = (
        f"What {kind} is printed?",
        f"What {kind} is it?",
        f"Which {kind} do you see?",
        f"What {kind} is in the picture?",
        f"Read the {kind}.",
        "What is written here?",
    )
    asked = [(way, text) for way in chance.sample(ways, 4)]
    asked.append((_describe(chance), f"the {kind} {text}"))
    asked.append((_colour(chance, f"What {{colour}} is the {kind}?"), colour))
    return asked


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    # The font inside Pillow is the same on every computer.
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


# --- words and pixels -----------------------------------------------------------------


def _describe(chance: random.Random) -> str:
    return chance.choice(
        ("What is in the picture?", "What do you see?", "Describe the picture.", "What is this?")
    )


def _colour(chance: random.Random, question: str) -> str:
    return question.format(colour=chance.choice(("colour", "color")))


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def plural(shape: str) -> str:
    """Several of it: crosses."""
    return f"{shape}es" if shape == "cross" else f"{shape}s"


def _jittered(chance: random.Random, colour: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(min(255, max(0, part + chance.randint(-12, 12))) for part in colour)


def _shrunk(chance: random.Random, image: Image.Image, side: int) -> Image.Image:
    # llama.cpp resizes larger pictures without smoothing; smaller ones come smooth already.
    methods: tuple[Callable[[], Image.Image], ...] = (
        lambda: image.resize((side, side), Image.Resampling.BOX),
        lambda: image.resize((side, side), Image.Resampling.BICUBIC),
        lambda: image.resize((side * 2, side * 2), Image.Resampling.BOX).resize(
            (side, side), Image.Resampling.NEAREST
        ),
    )
    return chance.choices(methods, (5, 3, 2))[0]()
