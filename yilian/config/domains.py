"""The list of domains: adding one is a folder and one line here."""

DOMAINS: tuple[str, ...] = (
    "yilian.domains.alliance",
    "yilian.domains.capacity",
    "yilian.domains.governance",
    "yilian.domains.records",
    "yilian.domains.advice",
    "yilian.domains.referral",
)
