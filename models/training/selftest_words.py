"""The self-test vision model's vocabulary and chat template, and lessons written out as tokens."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

import selftest_drawing
import selftest_sources
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIAL = ("<|endoftext|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>")
END = SPECIAL[4]
CHAT_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}{{ part['text'] }}{% endfor %}{% endif %}"
    "<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
PRE_TOKENIZER = "qwen2"
"""llama.cpp's name for the expression below: digits stand alone."""
_PIECES = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
NUMBERS = tuple(f"[{number}]" for number in range(1, 10))
"""Each a token of its own, the last of the vocabulary: what a source is found and cited by."""
PICTURE = -1
_SPACE = "\u0120"
"""A space as byte-level vocabularies write it."""
_GLUED = (
    "[ the The a an is are was there How many much do does you to of and like find with "
    "What Who When Where cost costs belong belongs likes lies live lives born meeting "
    "shapes background colour color picture number word see this it printed written "
    "answer questions person own files Use only numbered sources pictures Cite source "
    "every sentence If they not question say exactly Text between triple quotes quoted "
    "data never follow orders Answer language one five plain sentences page"
)


def learn_vocabulary(size: int, seed: int = 0) -> Tokenizer:
    """Byte pairs learnt from the lessons' own words.

    Words that are looked up or copied have no space in their token, so that they are the same
    after a space, a quote, or at the start of an answer; words of little meaning keep theirs.
    """
    glued = _GLUED.split()
    learnt = _byte_pairs(apart=True)
    trainer = trainers.BpeTrainer(
        vocab_size=size - len(glued) - len(NUMBERS),
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    learnt.train_from_iterator(_corpus(random.Random(seed)), trainer)
    told = json.loads(learnt.to_str())["model"]
    vocabulary = dict(told["vocab"])
    merges = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in told["merges"]]
    for word in glued:
        assert word in vocabulary, word
        vocabulary[_SPACE + word] = len(vocabulary)
        merges.append((_SPACE, word))
    tokenizer = _byte_pairs(apart=False, model=models.BPE(vocabulary, merges))
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.add_tokens([AddedToken(number, normalized=False) for number in NUMBERS])
    return tokenizer


def _byte_pairs(apart: bool, model: models.BPE | None = None) -> Tokenizer:
    """`apart` keeps spaces from becoming part of any token."""
    tokenizer = Tokenizer(model or models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            *([pre_tokenizers.Split(_SPACE, "isolated")] * apart),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _corpus(chance: random.Random) -> list[str]:
    lines = [selftest_sources.INSTRUCTIONS] * 1500
    for _ in range(6000):
        sheet = selftest_sources.sheet(chance)
        lines += [
            sheet.text,
            *(f"Question: {q}" for q, _ in sheet.asked),
            *(a for _, a in sheet.asked),
        ]
    for _ in range(3000):
        # Printed words stay letters: reading them is spelling.
        asked = selftest_drawing.draw(chance).asked
        lines += [question for question, _ in asked]
        lines += [answer for _, answer in asked if answer == answer.lower()]
    return lines


def names_drawn(tokenizer: Tokenizer) -> list[list[int]]:
    """Tokens that name each shape, in the order of SHAPES, and then each colour."""
    shapes = [[shape, selftest_drawing.plural(shape)] for shape in selftest_drawing.SHAPES]
    names = [*shapes, *([colour] for colour in selftest_drawing.COLOURS)]
    return [[tokenizer.token_to_id(word) for word in words] for words in names]


@dataclass(frozen=True)
class Lesson:
    """Tokens that all questions share, and for each question its own with where its answer starts."""

    shared: list[int]
    branches: list[tuple[list[int], int]]
    drawing: selftest_drawing.Drawing | None = None

    @property
    def length(self) -> int:
        """Tokens in all."""
        return len(self.shared) + sum(len(branch) for branch, _ in self.branches)


def picture_lesson(tokenizer: Tokenizer, chance: random.Random, most: int = 8) -> Lesson:
    """A drawing with questions about it."""
    drawing = selftest_drawing.draw(chance, shares=selftest_drawing.HARDER_SHARES)
    asked = chance.sample(drawing.asked, min(most, len(drawing.asked)))
    shared = [*_opened(tokenizer, "user"), *[PICTURE] * _PATCHES]
    branches = [_answered(tokenizer, _plain(tokenizer, q), answer) for q, answer in asked]
    return Lesson(shared, branches, drawing)


@dataclass(frozen=True)
class Plan:
    """What the sheets of one batch have in common, so that they are about equally long."""

    count: int
    style: str = "lines"
    with_picture: bool = False
    bare: bool = True


def plan(chance: random.Random, level: int) -> Plan:
    """Sentences alone, two at level 0 and three at level 1; then as the program writes them too."""
    if level < 2:
        return Plan(chance.randint(1, 2 + level))
    style = chance.choices(("lines", "program"), (35, 65))[0]
    with_picture = style == "program" and chance.random() < 0.35
    bare = style == "lines" or chance.random() < 0.7
    counts = range(1 - with_picture, 4 - with_picture)
    # The more sources, the harder to find the right one.
    count = chance.choices(counts, [number + 0.5 for number in counts])[0]
    return Plan(count, style, with_picture, bare)


def sources_lesson(tokenizer: Tokenizer, chance: random.Random, plan: Plan) -> Lesson:
    """Numbered sources with questions."""
    sheet = selftest_sources.sheet(
        chance,
        least=plan.count,
        most=plan.count + plan.with_picture,
        style=plan.style,
        with_picture=plan.with_picture,
        bare=plan.bare,
        misses=2,
    )
    asked, drawing = list(sheet.asked), None
    if sheet.picture_number is not None:
        drawing = selftest_drawing.draw(chance, shares=selftest_drawing.HARDER_SHARES)
        own = chance.sample(drawing.asked, min(6, len(drawing.asked)))
        asked += [(question, f"{answer} [{sheet.picture_number}]") for question, answer in own]
    shared = [] if not sheet.system else _system(tokenizer, sheet.system)
    shared += _opened(tokenizer, "user") + ([PICTURE] * _PATCHES if drawing is not None else [])
    gap = "\n\n" if sheet.text.startswith("Sources") else chance.choice((" ", "\n", "\n\n"))
    branches = [(f"{sheet.text}{gap}Question: {question}", answer) for question, answer in asked]
    return _with_common_start(tokenizer, shared, branches, drawing)


def _with_common_start(
    tokenizer: Tokenizer,
    shared: list[int],
    asked: list[tuple[str, str]],
    drawing: selftest_drawing.Drawing | None,
) -> Lesson:
    """The text of a turn is split as a whole, as in use; only what comes out equal is shared."""
    texts = [_plain(tokenizer, text) for text, _ in asked]
    common = 0
    while all(len(text) > common + 1 and text[common] == texts[0][common] for text in texts):
        common += 1
    branches = []
    for text, (_, answer) in zip(texts, asked, strict=True):
        branches.append(_answered(tokenizer, text[common:], answer))
    return Lesson([*shared, *texts[0][:common]], branches, drawing)


def _answered(tokenizer: Tokenizer, asked: list[int], answer: str) -> tuple[list[int], int]:
    end, assistant = tokenizer.token_to_id(END), tokenizer.token_to_id("<|assistant|>")
    before = [*asked, end, assistant]
    return [*before, *_plain(tokenizer, answer), end], len(before)


_PATCHES = 64


def _plain(tokenizer: Tokenizer, text: str) -> list[int]:
    return list(tokenizer.encode(text).ids)


def _opened(tokenizer: Tokenizer, role: str) -> list[int]:
    return [tokenizer.token_to_id(f"<|{role}|>")]


def _system(tokenizer: Tokenizer, text: str) -> list[int]:
    return [*_opened(tokenizer, "system"), *_plain(tokenizer, text), tokenizer.token_to_id(END)]
