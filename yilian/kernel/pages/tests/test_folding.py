"""Folded templates draw what unfolded ones draw, for every reader."""

import pytest
from django.template import Context, Engine, Template
from django.template.base import TextNode
from django.utils.translation import override

from yilian.kernel.pages.folding import Folded, fold

BOTH = (
    '{% load i18n static pages %}<b>{% translate "帮助" %}</b>{% icon "help" %}'
    '{% if who %}{{ who }}{% tag _("已预留") "success" %}{% else %}{% translate "搜索" %}{% endif %}'
    '{% for one in many %}{% translate "关闭" %}{{ one }}{% endfor %}{% translate word %}'
    '{% translate "刷新" as again %}{{ again }}{% with tone="info" %}{% tag _("已释放") tone %}{% endwith %}'
)
GIVEN = ({"who": "王<喆>", "many": [1, 2], "word": "帮助"}, {"who": "", "many": [], "word": "搜索"})


def _template() -> Template:
    return Template(BOTH, engine=Engine.get_default())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_folded_and_unfolded_draw_the_same(language):
    plain, folded = _template(), _template()
    fold(folded.nodelist)
    with override(language):
        for given in [*GIVEN, *GIVEN]:
            assert folded.render(Context(given)) == plain.render(Context(given))


def test_a_reader_of_another_language_gets_his_own_words():
    folded = _template()
    fold(folded.nodelist)
    drawn = []
    for language in ("zh-hans", "en", "zh-hans"):
        with override(language):
            drawn.append(folded.render(Context(GIVEN[0])))
    assert drawn[0] == drawn[2] != drawn[1]


def test_words_beside_each_other_become_one_node():
    folded = Template('<i>{% load i18n pages %}{% translate "帮助" %}{% icon "help" %}</i>{{ who }}')
    fold(folded.nodelist)
    assert [type(node) for node in folded.nodelist][:1] == [Folded]
    assert len(folded.nodelist) == 2


def test_plain_text_stays_plain():
    folded = Template("<i></i>")
    fold(folded.nodelist)
    assert [type(node) for node in folded.nodelist] == [TextNode]
