"""Words too common to find anything by: what a question is asked with, in five languages."""

from __future__ import annotations

from collections.abc import Sequence

# Function words only. A frequent noun is left to the words store, which weighs by rarity.
_LANGUAGES = {
    "en": """
        a about above after again all also am an and any are aren't as at be because been before being
        between both but by can can't cannot could couldn't did didn't do does doesn't doing don't
        during each else ever few find for from further get give had has have haven't having he her here
        hers him his how how's i i'd i'll i'm i've if in into is isn't it it's its just let like many
        may me might more most much must my no nor not of off on once only or other our ours out over
        own per please say said says shall she should show so some such tell than that that's the
        their theirs them then there these they this those to too under until up upon us very was
        wasn't we were weren't what what's when when's where where's which while who who's whom whose
        why will with won't would wouldn't you your yours""",
    "de": """
        ab aber alle als am an auch auf aus bei bin bis das dass dein dem den der des dich die dies
        diese dieser dieses doch dort du durch ein eine einem einen einer eines er es euch für habe
        haben hat hatte hatten ich ihm ihn ihr ihre im in ist ja kann kein keine können man mein mir
        mich mit nach nicht noch nur ob oder ohne sein seine sich sie sind so über um und uns unter
        vom von vor wann war waren warum was weil welche welchem welchen welcher welches wem wen wenn
        wer werden wie wird wo wurde wurden zu zum zur""",
    "es": """
        a al algo como cómo con cuál cuáles cuando cuándo cuánto cuántos cuánta cuántas de del desde
        donde dónde e el él ella ellos en entre era eran es esta está están este esto fue fueron ha
        han hay la las le les lo los más me mi mis muy no nos o para pero por porque qué que quién
        quien quienes se según ser si sí sin sobre son su sus también te tiene tu un una uno unos y
        ya yo""",
    "fr": """
        a ai au aux avec ce ces cet cette combien comment dans de des du elle elles en est et était eu
        il ils je la le les leur leurs lui ma mais me mes moi mon ne nos notre nous on ont ou où par
        pas pour pourquoi qu quand que quel quelle quelles quels qui quoi sa sans se ses son sont sur
        ta te tes ton tu un une vos votre vous y à""",
    "it": """
        a ad al alla alle ai agli anche che chi ci come con cosa da dal dalla dei del della delle di
        dove e è ed era gli ha hanno ho i il in io la le lei li lo loro lui ma mi mia mio nel nella
        non o per perché più quale quali quando quanti quanto quella quello questa questo se si sono
        su sua sul sulla suo ti tra tu un una uno""",
}
_STOP_WORDS = {name: frozenset(words.split()) for name, words in _LANGUAGES.items()}
# One word says little of the language: "die hard" is not German.
_ENOUGH_TO_TELL = 2


def informative(words: Sequence[str]) -> tuple[str, ...]:
    """The words without the stop words of the language they are most likely in.

    One language at a time, since "die" is an article in one and a verb in another. When
    nothing would be left, everything is ("to be or not to be").
    """
    lowered = [word.lower().replace("’", "'") for word in words]
    common = _STOP_WORDS[_language(lowered)]
    left = tuple(word for word, low in zip(words, lowered, strict=True) if low not in common)
    return left or tuple(words)


def _language(words: Sequence[str]) -> str:
    counts = {name: sum(word in known for word in words) for name, known in _STOP_WORDS.items()}
    likeliest = max(counts, key=lambda name: counts[name])
    return likeliest if counts[likeliest] >= _ENOUGH_TO_TELL else "en"
