"""Tests of the referral domain."""
