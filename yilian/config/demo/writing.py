"""A letter of the city group's lead that one member has received, and one that waits for a signature."""

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import CITY_GROUP, Founder
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for
from yilian.registry.consortia import members_of
from yilian.registry.models import Consortium

TEXT = "为落实年度帮扶计划，请各成员单位于月底前报送下一年度进修需求。\n每家单位不超过三人，写明专业和时间。"


def bring_letters(founder: Founder) -> None:
    """Issue a notice to all members, let one receive it, and leave a letter to be signed."""
    group = Consortium.objects.get(name=CITY_GROUP)
    writer = founder.office[group.lead_id]
    directors = User.objects.filter(posts__institution=group.lead_id, posts__role="director")
    director = actor_for(directors.exclude(pk=writer.user_id).order_by("pk")[0])
    places = [
        row.institution_id for row in members_of(group.pk, group.founded_on) if row.institution_id != group.lead_id
    ]
    notice = opened("letter", writer, sort="notice", subject="报送进修需求", text=TEXT, consortium=group.pk,
                    enclosures=[{"name": "进修需求登记表"}], contact="医联体办公室")  # fmt: skip
    notice = taken(taken(notice, "submit", writer), "issue", director)
    taken(notice, "acknowledge", founder.office[places[0]])
    letter = opened("letter", writer, sort="letter", subject="商请支援夜间急诊值班", addressees=places[:1],
                    text="商请贵单位在春节期间选派一名护士支援夜间急诊。")  # fmt: skip
    taken(letter, "submit", writer)
