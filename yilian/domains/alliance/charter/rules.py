"""What a revision of a charter must fulfil (S3 11, S2 2.1.2)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import attachment_kinds, records
from yilian.domains.alliance.charter.deciding import bodies_of
from yilian.domains.alliance.grounds import IN_ORDER, VOTED
from yilian.domains.alliance.models import Charter, CharterRevision
from yilian.domains.alliance.models.charter import Basis, Way
from yilian.domains.alliance.rules_of_consortia import actor_leads_the_consortium, consortium_is_running
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.regulations import S2, S3
from yilian.registry.resolutions import sitting_for, under_way


@rule(_("专科联盟章程由理事会制定，修订应有理事会决议"), cite=S3.article("11"))
def council_decides_for_an_alliance(revision: CharterRevision) -> bool:
    consortium = revision.consortium
    is_alliance = consortium is not None and consortium.kind == ConsortiumKind.SPECIALTY_ALLIANCE
    return not is_alliance or revision.basis == Basis.COUNCIL


@rule(_("应逐条写明修订后的章程全文，或上传全文"), cite=(S3.article("11"), S2.article("2.1.2")))
def text_is_given(revision: CharterRevision) -> bool:
    return bool(revision.clauses) or records.has_attachment(revision, attachment_kinds.CHARTER)


@rule(_("有逐条文本的章程才能调入条文"), cite=IN_ORDER)
def clauses_are_on_record(revision: CharterRevision) -> bool:
    return Charter.objects.filter(consortium=revision.consortium_id).exclude(clauses=[]).exists()


@rule(_("应上传通过章程的决议或各成员单位的同意"), cite=(S3.article("11"), S2.article("2.1.2")))
def resolution_is_attached(revision: CharterRevision) -> bool:
    return records.has_attachment(revision, attachment_kinds.RESOLUTION)


@rule(_("通过日期不早于医联体成立，晚于上一版，且不晚于今天"), cite=IN_ORDER)
def adoption_follows_the_last(revision: CharterRevision) -> Verdict:
    day, consortium = revision.adopted_on, revision.consortium
    if day is None or consortium is None:
        return Verdict(day is not None)
    last = Charter.objects.filter(consortium=consortium).first()
    if last and day <= last.adopted_on:
        return Verdict(False, now("第 {n} 版于 {day} 通过").format(n=last.version, day=last.adopted_on))
    return Verdict(consortium.founded_on <= day <= clock.today())


@rule(_("生效日期不早于通过日期"), cite=IN_ORDER)
def effect_follows_adoption(revision: CharterRevision) -> bool:
    days = (revision.adopted_on, revision.effective_on)
    return days[0] is None or days[1] is None or days[0] <= days[1]


@rule(_("“提交机构表决”的由决议通过，已通过的才直接登记"), cite=VOTED)
def was_adopted_elsewhere(revision: CharterRevision) -> bool:
    return revision.way == Way.RECORDED


@rule(_("办理方式应为提交机构表决，并有在位的机构表决"), cite=VOTED)
def a_body_votes(revision: CharterRevision) -> Verdict:
    if revision.way != Way.VOTE:
        return Verdict(False, now("办理方式是{way}").format(way=revision.get_way_display()))
    bodies = bodies_of(revision)
    return Verdict(sitting_for(revision, bodies) is not None, now("没有在位的机构：请先设立并任命席位"))


@rule(_("同一事项不重复提请表决"), cite=VOTED)
def is_not_put_yet(revision: CharterRevision) -> Verdict:
    number = under_way(revision)
    return Verdict(not number, now("议案 {number} 正在办理").format(number=number))


PROPOSING = (consortium_is_running, actor_leads_the_consortium, text_is_given, a_body_votes, is_not_put_yet)
ADOPTING = (
    was_adopted_elsewhere,
    consortium_is_running,
    actor_leads_the_consortium,
    council_decides_for_an_alliance,
    text_is_given,
    resolution_is_attached,
    adoption_follows_the_last,
    effect_follows_adoption,
)
