"""Sums up a file without a language model: the sentences nearest to all of it, in their order."""

from __future__ import annotations

import numpy as np

from desktop_mmrag.answer.draft import Claim, Draft, evidence_of, numbered
from desktop_mmrag.answer.sentences import is_listing, shortened
from desktop_mmrag.answer.sources import Source, Statement
from desktop_mmrag.answer.speech import clock, spread
from desktop_mmrag.answer.wording import informative
from desktop_mmrag.domain import TextEncoder, TimeSpan, Whole

# Encoding costs about 4 ms a sentence on two cores.
_MOST_READ = 120
_MOST_SAID = 5
_MOST_SHOTS = 6
_LEAST_WORDS = 4
# Carbonell and Goldstein 1998, "The use of MMR": what repeats an earlier choice counts less.
_NEWNESS = 0.5
# The first sentence mostly says what it is about.
_LEAD = 0.05


def summarised(source: Source, encoder: TextEncoder) -> Draft:
    """What is said in it, cited by the second or page; of a film without words, when shots begin."""
    told = [one for one in source.sentences if not isinstance(one.locator, Whole)]
    if not told:
        return _without_words(source)
    # Running heads and chats say some things again and again.
    told = list({one.text: one for one in told if not is_listing(one.text)}.values())
    long = [one for one in told if len(informative(one.text)) >= _LEAST_WORDS]
    told = long if len(long) >= _MOST_SAID else told
    chosen = _central(spread(told, _MOST_READ), encoder)
    claims = [Claim(f"{source.path.name}{_length(source)}:")]
    claims += [Claim(shortened(one.text), (evidence_of(source, one),)) for one in chosen]
    return numbered(claims, found=True, joint="\n")


def _central(said: list[Statement], encoder: TextEncoder) -> list[Statement]:
    """A few statements near the mean of all and unlike one another, in the order they are said."""
    vectors = encoder.embed_passages([statement.text for statement in said])
    middle = vectors.mean(axis=0)
    worth = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    worth[0] += _LEAD
    chosen: list[int] = []
    while len(chosen) < min(_MOST_SAID, len(said)):
        repeated = np.max(vectors @ vectors[chosen].T, axis=1) if chosen else np.zeros(len(said))
        value = worth - _NEWNESS * repeated
        value[chosen] = -np.inf
        chosen.append(int(value.argmax()))
    return [said[at] for at in sorted(chosen)]


def _without_words(source: Source) -> Draft:
    name = f"{source.path.name}{_length(source)}"
    if not source.seconds:
        return Draft(f"No words are known of {name}, so it cannot be summed up.", found=False)
    text = f"No words are known of {name}. Its scenes begin at:"
    claims = [Claim(text)]
    for second in spread(source.seconds, _MOST_SHOTS):
        shot = Statement(f"{source.path.name} at {clock(second)}", TimeSpan(second, second))
        claims.append(Claim(clock(second), (evidence_of(source, shot),)))
    return numbered(claims, found=True)


def _length(source: Source) -> str:
    facts = source.facts
    if facts.duration_s:
        return f" ({clock(facts.duration_s)})"
    return f" ({facts.pages} pages)" if facts.pages and facts.pages > 1 else ""
