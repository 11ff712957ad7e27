"""The nouns of the referral domain."""

from yilian.domains.referral.models.followup import FollowUp
from yilian.domains.referral.models.green import Countersign, EmergencyMode, TimePoint
from yilian.domains.referral.models.owed_consent import OwedConsent
from yilian.domains.referral.models.referral import Referral

__all__ = ["Countersign", "EmergencyMode", "FollowUp", "OwedConsent", "Referral", "TimePoint"]
