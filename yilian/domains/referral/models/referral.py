"""The referral: what the paper form asks, and what both sides write down on the way.

Fields follow the paper forms (双向转诊单, 回转单, 转诊知情同意书). Parties, state and deadline live in the case.
"""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.vocabulary import (
    CONSENT_OUTSTANDING,
    Approval,
    ConsentChoice,
    Destination,
    Direction,
    EmergencyKind,
    EncounterClass,
    Outcome,
    State,
    Transport,
)
from yilian.kernel.workflow.models import Case
from yilian.registry.columns import institution_key, noun_key


class ReferralQuerySet(models.QuerySet["Referral"]):
    def open(self) -> "ReferralQuerySet":
        """Referrals that have not ended."""
        return self.filter(open=True)

    def of_patient(self, patient_id: object) -> "ReferralQuerySet":
        """Referrals of one patient, the newest first."""
        return self.filter(patient_id=patient_id).order_by("-pk")

    def sent(self) -> "ReferralQuerySet":
        """Referrals that left their sender."""
        return self.filter(sent_at__isnull=False)


class Referral(Case):
    """A patient handed from one institution to another."""

    sender = institution_key(_("转出机构"))
    sender_department = noun_key("registry.Department", _("转出科室"))
    sender_doctor = noun_key("registry.Practitioner", _("转诊医生"))
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)

    direction = models.CharField(_("转诊方向"), max_length=8, choices=Direction.choices, db_collation="C", blank=True)
    is_emergency = models.BooleanField(_("急诊绿色通道"), default=False)
    emergency_kind = models.CharField(
        _("绿色通道病种"), max_length=12, choices=EmergencyKind.choices, blank=True, db_collation="C"
    )
    destination = models.CharField(
        _("去向"), max_length=8, choices=Destination.choices, default=Destination.NETWORK, db_collation="C"
    )
    receiver = institution_key(_("转入机构"), null=True, blank=True)
    receiver_department = noun_key("registry.Department", _("转入科室"))
    receiver_doctor = noun_key("registry.Practitioner", _("接诊医生"))
    outside_institution = models.CharField(_("平台外机构"), max_length=120, blank=True)
    outside_contact = models.CharField(_("对接联系人"), max_length=80, blank=True)
    outside_contact_at = models.DateTimeField(_("对接时间"), null=True, blank=True)
    outside_contact_note = models.CharField(_("对接情况"), max_length=300, blank=True)
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="returns", verbose_name=_("原转诊单")
    )

    up_reason = models.CharField(_("转出原因"), max_length=40, blank=True, db_collation="C")
    up_reason_name = models.CharField(max_length=120, blank=True)
    down_reason = models.CharField(_("下转原因"), max_length=40, blank=True, db_collation="C")
    down_reason_name = models.CharField(max_length=120, blank=True)
    reason_note = models.CharField(_("原因说明"), max_length=500, blank=True)
    diagnosis = models.CharField(_("诊断编码"), max_length=40, blank=True, db_collation="C")
    diagnosis_name = models.CharField(_("诊断"), max_length=120, blank=True)
    impression = models.CharField(_("初步印象"), max_length=200, blank=True)
    other_diagnoses = models.CharField(_("其他诊断"), max_length=500, blank=True)
    problem = models.CharField(max_length=60, blank=True, db_collation="C", editable=False)
    held_for = models.ForeignKey(
        "registry.Patient", models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    is_no_duplicate = models.BooleanField(_("已核对不是重复转诊"), default=False)
    present_history = models.TextField(_("主要现病史"), blank=True)
    past_history = models.TextField(_("主要既往史"), blank=True)
    allergies = models.CharField(_("过敏史"), max_length=500, blank=True)
    results = models.TextField(_("检查结果"), blank=True)
    treatment = models.TextField(_("治疗经过"), blank=True)
    temperature = models.DecimalField(_("体温"), max_digits=3, decimal_places=1, null=True, blank=True)
    pulse = models.PositiveSmallIntegerField(_("脉搏"), null=True, blank=True)
    respiration = models.PositiveSmallIntegerField(_("呼吸"), null=True, blank=True)
    systolic = models.PositiveSmallIntegerField(_("收缩压"), null=True, blank=True)
    diastolic = models.PositiveSmallIntegerField(_("舒张压"), null=True, blank=True)
    oxygen_saturation = models.PositiveSmallIntegerField(
        _("血氧饱和度"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    transport = models.CharField(_("转运方式"), max_length=16, choices=Transport.choices, blank=True, db_collation="C")
    needs_escort = models.BooleanField(_("需医护随行"), default=False)
    record_number = models.CharField(_("住院病案号"), max_length=40, blank=True)
    care_plan = models.TextField(_("下一步治疗方案及康复建议"), blank=True)
    followup_task = models.CharField(_("随访内容"), max_length=200, blank=True)
    followup_on = models.DateField(_("首次随访日期"), null=True, blank=True)

    consent_choice = models.CharField(
        _("患者意见"), max_length=8, choices=ConsentChoice.choices, blank=True, db_collation="C"
    )
    consent_by = models.CharField(_("签署人"), max_length=60, blank=True)
    consent_relation = models.CharField(_("与患者关系"), max_length=4, blank=True, db_collation="C")
    consent_relation_name = models.CharField(max_length=40, blank=True)
    is_of_consent_age = models.BooleanField(_("已核实患者已满十四周岁"), default=False)
    consent_phone = models.CharField(_("签署人电话"), max_length=40, blank=True)
    consent_told_by = models.CharField(_("告知医生"), max_length=60, blank=True)
    consent_told_at = models.DateTimeField(_("告知时间"), null=True, blank=True)
    consent_due_at = models.DateTimeField(_("补签期限"), null=True, editable=False)
    consent_signed_at = models.DateTimeField(_("签署登记时间"), null=True, editable=False)
    consent_refused_at = models.DateTimeField(_("拒绝登记时间"), null=True, editable=False)
    consent_refusal_ground = models.CharField(_("患者拒绝后继续转诊的理由"), max_length=500, blank=True)

    approval_route = models.CharField(
        _("院内审核方式"), max_length=8, choices=Approval.choices, blank=True, db_collation="C", editable=False
    )
    approval_basis = models.CharField(_("院内审核依据"), max_length=200, blank=True, editable=False)
    head_note = models.CharField(_("科主任意见"), max_length=300, blank=True)
    head_approved_by = models.CharField(_("审核的科主任"), max_length=100, blank=True, editable=False)
    head_approved_at = models.DateTimeField(_("科主任审核时间"), null=True, editable=False)
    approval_note = models.CharField(_("院方审批意见"), max_length=300, blank=True)
    approved_by = models.CharField(_("审批人"), max_length=100, blank=True, editable=False)
    approved_at = models.DateTimeField(_("审批时间"), null=True, editable=False)

    sent_at = models.DateTimeField(_("发出时间"), null=True, editable=False)
    answer_due_at = models.DateTimeField(_("答复期限"), null=True, editable=False)
    answered_at = models.DateTimeField(_("答复时间"), null=True, editable=False)
    received_at = models.DateTimeField(_("签收时间"), null=True, editable=False)
    received_by = models.CharField(_("签收人"), max_length=100, blank=True, editable=False)
    accepted_at = models.DateTimeField(_("接收时间"), null=True, editable=False)
    accepted_by = models.CharField(_("接收人"), max_length=100, blank=True, editable=False)
    instruction = models.TextField(_("就诊须知"), blank=True)
    appointment_start = models.DateTimeField(_("预约开始"), null=True, blank=True)
    appointment_end = models.DateTimeField(_("预约结束"), null=True, blank=True)
    appointment_place = models.CharField(_("就诊地点"), max_length=120, blank=True)
    arrived_at = models.DateTimeField(_("到诊时间"), null=True, blank=True)
    encounter_class = models.CharField(
        _("就诊类别"), max_length=12, choices=EncounterClass.choices, blank=True, db_collation="C"
    )
    encounter_number = models.CharField(_("门诊号或住院号"), max_length=40, blank=True)
    interim_note = models.TextField(_("阶段反馈"), blank=True)

    discharge_diagnosis = models.CharField(_("诊断结果编码"), max_length=40, blank=True, db_collation="C")
    discharge_diagnosis_name = models.CharField(max_length=120, blank=True)
    discharge_summary = models.CharField(_("诊断结果"), max_length=500, blank=True)
    main_results = models.TextField(_("主要检查结果"), blank=True)
    treatment_given = models.TextField(_("接诊治疗经过"), blank=True)
    next_plan = models.TextField(_("后续治疗方案及康复建议"), blank=True)
    outcome = models.CharField(_("转归"), max_length=12, choices=Outcome.choices, blank=True, db_collation="C")
    died_on = models.DateField(_("死亡日期"), null=True, blank=True)
    feedback_at = models.DateTimeField(_("反馈时间"), null=True, editable=False)

    status_reason = models.CharField(_("状态原因代码"), max_length=40, blank=True, db_collation="C", editable=False)
    status_reason_name = models.CharField(_("状态原因"), max_length=120, blank=True, editable=False)
    status_note = models.CharField(_("状态说明"), max_length=500, blank=True, editable=False)
    suggested_next = institution_key(_("建议去向"), null=True, blank=True)
    refused_by = ArrayField(models.IntegerField(), verbose_name=_("已拒收机构"), default=list, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("转诊单")
        constraints = [
            models.UniqueConstraint(
                fields=["held_for", "problem"], name="referral_one_open", condition=Q(held_for__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["origin"],
                name="referral_one_return",
                condition=Q(origin__isnull=False, held_for__isnull=False),
            ),
            models.CheckConstraint(condition=~Q(origin=F("case_ptr")), name="referral_not_its_own_origin"),
            models.CheckConstraint(
                condition=Q(appointment_end__isnull=True) | Q(appointment_end__gt=F("appointment_start")),
                name="referral_appointment_ends_later",
            ),
        ]

    @property
    def is_outside(self) -> bool:
        """Whether the patient goes to a hospital that has no account here."""
        return self.destination == Destination.OUTSIDE

    @property
    def is_down(self) -> bool:
        return self.direction == Direction.DOWN

    @property
    def reason_name(self) -> str:
        """The coded reason of this direction, in words."""
        return self.down_reason_name if self.is_down else self.up_reason_name

    @property
    def receiver_title(self) -> str:
        """The name of the destination, inside or outside the network."""
        return self.outside_institution if self.is_outside else str(self.receiver or "")

    @property
    def is_consent_outstanding(self) -> bool:
        """Whether the consent of an emergency is still to be signed."""
        return bool(self.flags & CONSENT_OUTSTANDING)

    @property
    def has_arrived(self) -> bool:
        return self.arrived_at is not None

    @property
    def status(self) -> State:
        return State(self.state)
