"""The official papers of this domain, and who issues them when."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import printed
from yilian.domains.alliance.admission.case_type import LEAD
from yilian.domains.alliance.appraisal.case_type import AUTHORITY as APPRAISER
from yilian.domains.alliance.dissolution.case_type import AUTHORITY as DISSOLVER
from yilian.domains.alliance.filing.case_type import AUTHORITY as FILER
from yilian.domains.alliance.models import AdmissionState, AppraisalState, DissolutionState, FilingState, PlaqueState
from yilian.domains.alliance.plaque.case_type import MEMBER
from yilian.kernel.documents.manuscript import letter
from yilian.kernel.documents.paper import Paper, papers
from yilian.registry.regulations import S3, S4

NOTICE = Path(__file__).parent / "typst" / "notice.typ"
AGREED = (FilingState.PREPARING, FilingState.REVIEWING, FilingState.VISITING, FilingState.APPROVED)
WINDING_UP = (DissolutionState.ORDERED, DissolutionState.SETTLED, DissolutionState.DISSOLVED)
PROMISES = tuple(S4.article(f"附件.{number}") for number in (1, 2, 3))
PLAQUE_OVER = (PlaqueState.DECLINED, PlaqueState.SURRENDERED, PlaqueState.REVOKED, PlaqueState.LAPSED,
               PlaqueState.WITHDRAWN)  # fmt: skip

for _paper in (
    Paper("filing.consent", "filing", _("同意筹建专科联盟的函"), NOTICE, printed.of_consent,
          "联筹〔{year}〕{serial:04d}号", (FILER,), states=AGREED,
          manuscript=letter, cites=(S3.article("9"),)),
    Paper("filing.approval", "filing", _("同意设置专科联盟的批复"), NOTICE, printed.of_approval,
          "联批〔{year}〕{serial:04d}号", (FILER,), states=(FilingState.APPROVED,),
          manuscript=letter, cites=(S3.article("9"),)),
    Paper("filing.refusal", "filing", _("不同意设置专科联盟的通知"), NOTICE, printed.of_refusal,
          "联复〔{year}〕{serial:04d}号", (FILER,), states=(FilingState.REFUSED,),
          manuscript=letter, cites=(S3.article("9"),)),
    Paper("admission.decision", "admission", _("加入申请的复函"), NOTICE, printed.of_admission,
          "联入〔{year}〕{serial:04d}号", (LEAD,), states=(AdmissionState.ADMITTED, AdmissionState.DECLINED),
          manuscript=letter, cites=(S4.article("6.1"),)),
    Paper("plaque.request", "plaque", _("关于挂牌的函"), NOTICE, printed.of_plaque, "联牌〔{year}〕{serial:04d}号",
          (MEMBER,), states=(PlaqueState.DRAFT, PlaqueState.REQUESTED, PlaqueState.CONSENTED), lapses_in=PLAQUE_OVER,
          stamp=_("挂牌授权已终止"), reason=printed.why_plaque_is_over,
          manuscript=letter, cites=(S4.article("附件"), *PROMISES,)),
    Paper("appraisal.result", "appraisal", _("专科联盟年度考核结果的通报"), NOTICE, printed.of_result,
          "联考〔{year}〕{serial:04d}号", (APPRAISER,), states=(AppraisalState.PUBLISHED,),
          manuscript=letter, cites=(S3.article("17"),)),
    Paper("dissolution.order", "dissolution", _("责令解散的决定"), NOTICE, printed.of_order,
          "联解〔{year}〕{serial:04d}号", (DISSOLVER,), states=WINDING_UP, unfit=printed.no_order,
          manuscript=letter, cites=(S3.article("19"),)),
):  # fmt: skip
    papers.add(_paper)
