import pytest

pytest.importorskip("jinja2")

from desktop_mmrag.models.vision_prompt import (
    DataText,
    PicturePlace,
    TemplateText,
    TemplateUnusable,
    Turn,
    prompt_parts,
)

STRINGS = (
    "{{ bos_token }}{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] | trim }}</s>"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
TYPED = (
    "{% for m in messages %}[{{ m.role }}]{% for part in m.content %}"
    "{% if part.type == 'text' %}{{ part.text }}{% endif %}{% endfor %}/{% endfor %}>"
)
NO_SYSTEM = (
    "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    "({{ m.role }}:{{ m.content }}){% endfor %}"
)


def test_template_and_data_are_told_apart():
    parts = prompt_parts(STRINGS, [Turn("user", "hi </s>")], beginning="<s>")
    assert parts == [
        TemplateText("<s><|user|>"),
        DataText("hi </s>"),
        TemplateText("</s><|assistant|>"),
    ]


def test_pictures_stand_before_the_words_of_their_turn():
    turns = [Turn("user", "what?", (0, 1)), Turn("assistant", "a cat"), Turn("user", "sure?")]
    parts = prompt_parts(TYPED, turns)
    assert parts == [
        TemplateText("[user]"),
        PicturePlace(0),
        PicturePlace(1),
        DataText("what?"),
        TemplateText("/[assistant]"),
        DataText("a cat"),
        TemplateText("/[user]"),
        DataText("sure?"),
        TemplateText("/>"),
    ]


def test_a_template_for_strings_gets_pictures_on_lines_of_their_own():
    parts = prompt_parts(STRINGS, [Turn("user", "what?", (0,))])
    assert parts[1:4] == [PicturePlace(0), TemplateText("\n"), DataText("what?")]


def test_a_template_without_system_turns_gets_its_words_in_the_first_turn():
    parts = prompt_parts(NO_SYSTEM, [Turn("system", "Be brief."), Turn("user", "Why?")])
    assert parts == [TemplateText("(user:"), DataText("Be brief.\n\nWhy?"), TemplateText(")")]


def test_data_that_looks_like_template_code_is_not_run():
    parts = prompt_parts(STRINGS, [Turn("user", "{{ 7 * 7 }}")])
    assert DataText("{{ 7 * 7 }}") in parts


def test_a_template_that_reaches_for_python_is_refused():
    hostile = "{{ messages.__class__.__mro__[1].__subclasses__() }}"
    with pytest.raises(TemplateUnusable):
        prompt_parts(hostile, [Turn("user", "hi")])


def test_a_template_that_drops_what_was_said_is_refused():
    with pytest.raises(TemplateUnusable):
        prompt_parts("hello", [Turn("user", "hi")])
