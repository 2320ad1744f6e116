"""Drawn pictures for the self-test vision model, each with questions and their exact answers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
UNSEEN_WORDS = ("LAMP", "FISH", "TREE", "GOLD", "MILK", "WIND", "BOOK", "SAND", "HOUSE", "PLANT")

Asked = tuple[str, str]
"""A question and its answer."""


@dataclass(frozen=True)
class Drawing:
    """A picture, SIDE pixels square unless drawn larger, and what may be asked about it."""

    image: Image.Image
    asked: list[Asked]
    kind: str


@dataclass(frozen=True)
class Thing:
    """One drawn shape; `place` counts the cells of a 3 by 3 grid row by row."""

    shape: str
    colour: str
    place: int

    @property
    def name(self) -> str:
        return f"{self.colour} {self.shape}"


def draw(chance: random.Random, side: int = SIDE) -> Drawing:
    """A random picture. `side` other than SIDE draws it for another size."""
    kind = chance.choices(("one", "several", "crowd", "number", "word"), (18, 30, 14, 16, 22))[0]
    if kind == "number":
        return _printed(chance, kind, _number(chance), side)
    if kind == "word":
        return _printed(chance, kind, word(chance), side)
    count = {"one": 1, "several": chance.randint(2, 4), "crowd": chance.randint(2, 6)}[kind]
    return _scene(chance, kind, count, side)


def word(chance: random.Random) -> str:
    """Letters that look like a word as often as not; never one of UNSEEN_WORDS."""
    length = chance.choices((2, 3, 4, 5), (1, 3, 4, 3))[0]
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
    for thing in things:
        _draw_thing(chance, pen, thing, side * _FINE)
    asked = _questions(chance, things, background)
    return Drawing(_shrunk(chance, image, side), asked, kind)


def _draw_thing(
    chance: random.Random, pen: ImageDraw.ImageDraw, thing: Thing, whole: float
) -> None:
    cell = whole / 3
    radius = cell * chance.uniform(0.3, 0.44)
    room = cell / 2 - radius
    x = (thing.place % 3 + 0.5) * cell + chance.uniform(-room, room)
    y = (thing.place // 3 + 0.5) * cell + chance.uniform(-room, room)
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


def _questions(chance: random.Random, things: list[Thing], background: str) -> list[Asked]:
    asked = [
        (_colour(chance, "What {colour} is the background?"), background),
        (chance.choice(("How many shapes are there?", "How many shapes do you see?")), str(len(things))),
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
    asked += _about_pairs(chance, [thing for thing in things if names[thing.name] == 1])
    return asked


def _about_kinds(
    chance: random.Random, shapes: Counter[str], colours: Counter[str]
) -> list[Asked]:
    shape = chance.choice([*shapes, chance.choice(SHAPES)])
    colour = chance.choice([*colours, chance.choice(list(COLOURS))])
    other = chance.choice((chance.choice(SHAPES), chance.choice(list(shapes))))
    return [
        (f"How many {_plural(shape)} are there?", str(shapes[shape])),
        (f"How many {colour} shapes are there?", str(colours[colour])),
        (f"Is there a {other}?", "yes" if shapes[other] else "no"),
    ]


def _about_pairs(chance: random.Random, things: list[Thing]) -> list[Asked]:
    if len(things) < 2:
        return []
    one, other = chance.sample(things, 2)
    if one.place % 3 != other.place % 3:
        left = one.place % 3 < other.place % 3
        side = chance.choice(("left", "right"))
        question = f"Is the {one.name} {side} of the {other.name}?"
        return [(question, "yes" if left == (side == "left") else "no")]
    above = one.place < other.place
    side = chance.choice(("above", "below"))
    return [(f"Is the {one.name} {side} the {other.name}?", "yes" if above == (side == "above") else "no")]


# --- printed words and numbers --------------------------------------------------------


def _printed(chance: random.Random, kind: str, text: str, side: int) -> Drawing:
    return printed(chance, kind, text, side)


def printed(chance: random.Random, kind: str, text: str, side: int = SIDE) -> Drawing:
    """`text` printed on a plain background; `kind` is word or number."""
    background = chance.choice(list(BACKGROUNDS))
    colour = chance.choice([name for name in COLOURS if name not in (background, "yellow", "white")]
                           if background != "black" else
                           [name for name in COLOURS if name not in ("black", "purple", "blue")])
    whole = side * _FINE
    image = Image.new("RGB", (whole, whole), _jittered(chance, BACKGROUNDS[background]))
    pen = ImageDraw.Draw(image)
    width = whole * chance.uniform(0.72, 0.94) * min(1.0, 0.34 * len(text) + 0.1)
    font = _font_of_width(chance, text, width)
    box = pen.textbbox((0, 0), text, font=font)
    x = chance.uniform(0.03 * whole, 0.97 * whole - (box[2] - box[0])) - box[0]
    y = chance.uniform(0.03 * whole, max(0.04 * whole, 0.97 * whole - (box[3] - box[1]))) - box[1]
    pen.text((x, y), text, font=font, fill=_jittered(chance, COLOURS[colour]))
    return Drawing(_shrunk(chance, image, side), _printed_questions(chance, kind, text, colour), kind)


def _printed_questions(chance: random.Random, kind: str, text: str, colour: str) -> list[Asked]:
    ways = (f"What {kind} is printed?", f"What {kind} is it?", f"Which {kind} do you see?",
            f"What {kind} is in the picture?", f"Read the {kind}.", "What is written here?")
    asked = [(way, text) for way in chance.sample(ways, 4)]
    asked.append((_describe(chance), f"the {kind} {text}"))
    asked.append((_colour(chance, f"What {{colour}} is the {kind}?"), colour))
    return asked


_FONTS = ("", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSansMono-Bold.ttf")


def _font_of_width(chance: random.Random, text: str, width: float) -> ImageFont.FreeTypeFont:
    """A font in which `text` is about `width` pixels wide."""
    # The font inside Pillow is always there; the others where the system has them.
    name = chance.choice(_FONTS) if chance.random() < 0.6 else ""
    trial = _font(name, 100)
    return _font(name, max(8, int(100 * width / trial.getlength(text))))


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    key = (name, size)
    if key not in _OPEN_FONTS:
        try:
            _OPEN_FONTS[key] = ImageFont.truetype(name, size) if name else ImageFont.load_default(size)
        except OSError:
            _OPEN_FONTS[key] = ImageFont.load_default(size)
    return _OPEN_FONTS[key]


_OPEN_FONTS: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}


# --- words and pixels -----------------------------------------------------------------


def _describe(chance: random.Random) -> str:
    return chance.choice(
        ("What is in the picture?", "What do you see?", "Describe the picture.", "What is this?")
    )


def _colour(chance: random.Random, question: str) -> str:
    return question.format(colour=chance.choice(("colour", "color")))


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _plural(shape: str) -> str:
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
