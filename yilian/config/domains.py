"""The lists of domains and of reports over them: adding one is a folder and one line here."""

DOMAINS: tuple[str, ...] = (
    "yilian.domains.agreement",
    "yilian.domains.alliance",
    "yilian.domains.assessment",
    "yilian.domains.capacity",
    "yilian.domains.correspondence",
    "yilian.domains.dispute",
    "yilian.domains.encounter",
    "yilian.domains.governance",
    "yilian.domains.inpatient",
    "yilian.domains.merit",
    "yilian.domains.measure",
    "yilian.domains.policy",
    "yilian.domains.project",
    "yilian.domains.qualityreport",
    "yilian.domains.records",
    "yilian.domains.advice",
    "yilian.domains.transport",
    "yilian.domains.referral",
    "yilian.domains.support",
    "yilian.domains.ward",
)
REPORTS: tuple[str, ...] = (
    "yilian.reports.cockpit",
    "yilian.reports.data_quality",
    "yilian.reports.finder",
    "yilian.reports.network",
    "yilian.reports.white_period",
)
