"""The self-test vision model's vocabulary and chat template, and lessons written out as tokens."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

import selftest_drawing
import selftest_sources
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}{{ part['text'] }}{% endfor %}{% endif %}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
PRE_TOKENIZER = "qwen2"
"""llama.cpp's name for the expression below: digits stand alone."""
_PIECES = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
PICTURE = -1


def learn_vocabulary(size: int, seed: int = 0) -> Tokenizer:
    """Byte pairs learnt from the lessons' own words."""
    chance = random.Random(seed)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_corpus(chance), trainer)
    return tokenizer


def _corpus(chance: random.Random) -> list[str]:
    lines = ["system", "user", "assistant"] * 50 + [selftest_sources.INSTRUCTIONS] * 1500
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


@dataclass(frozen=True)
class Lesson:
    """Tokens that all questions share, and for each question its own with where its answer starts."""

    shared: list[int]
    branches: list[tuple[list[int], int]]
    drawing: selftest_drawing.Drawing | None = None


def picture_lesson(tokenizer: Tokenizer, chance: random.Random, most: int = 6) -> Lesson:
    """A drawing with questions about it."""
    drawing = selftest_drawing.draw(chance)
    asked = chance.sample(drawing.asked, min(most, len(drawing.asked)))
    shared = [*_opened(tokenizer, "user"), *[PICTURE] * _PATCHES]
    branches = [_branch(tokenizer, question, answer) for question, answer in asked]
    return Lesson(shared, branches, drawing)


def sources_lesson(tokenizer: Tokenizer, chance: random.Random, level: int) -> Lesson:
    """Numbered sources with questions. From level 2 on as the program writes them, with drawings."""
    with_picture = level >= 2 and chance.random() < 0.3
    sheet = selftest_sources.sheet(
        chance,
        most=(2, 3, 3, 4)[level],
        style="lines" if level < 2 else None,
        with_picture=with_picture,
        bare=level < 2,
    )
    asked, drawing = list(sheet.asked), None
    if sheet.picture_number is not None:
        drawing = selftest_drawing.draw(chance)
        own = chance.sample(drawing.asked, min(3, len(drawing.asked)))
        asked += [(question, f"{answer} [{sheet.picture_number}]") for question, answer in own]
    shared = [] if not sheet.system else _turn(tokenizer, "system", sheet.system)
    shared += _opened(tokenizer, "user") + ([PICTURE] * _PATCHES if drawing is not None else [])
    gap = "\n\n" if sheet.text.startswith("Sources") else chance.choice((" ", "\n", "\n\n"))
    branches = []
    for question, answer in asked:
        text = f"{sheet.text}{gap}Question: {question}"
        branches.append((text, answer))
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
        before = [*text[common:], *_closed(tokenizer), *_opened(tokenizer, "assistant")]
        branches.append(
            ([*before, *_plain(tokenizer, answer), tokenizer.token_to_id(SPECIAL[2])], len(before))
        )
    return Lesson([*shared, *texts[0][:common]], branches, drawing)


def _branch(tokenizer: Tokenizer, question: str, answer: str) -> tuple[list[int], int]:
    before = [*_plain(tokenizer, question), *_closed(tokenizer), *_opened(tokenizer, "assistant")]
    return [*before, *_plain(tokenizer, answer), tokenizer.token_to_id(SPECIAL[2])], len(before)


_PATCHES = 64


def _plain(tokenizer: Tokenizer, text: str) -> list[int]:
    return list(tokenizer.encode(text).ids)


def _turn(tokenizer: Tokenizer, role: str, text: str) -> list[int]:
    return [*_opened(tokenizer, role), *_plain(tokenizer, text), *_closed(tokenizer)]


def _opened(tokenizer: Tokenizer, role: str) -> list[int]:
    return [tokenizer.token_to_id(SPECIAL[1]), *_constant(tokenizer, f"{role}\n")]


def _closed(tokenizer: Tokenizer) -> list[int]:
    return [tokenizer.token_to_id(SPECIAL[2]), *_constant(tokenizer, "\n")]


@cache
def _constant(tokenizer: Tokenizer, text: str) -> tuple[int, ...]:
    return tuple(tokenizer.encode(text).ids)
