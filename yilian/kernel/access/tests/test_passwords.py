"""Passwords are kept with the costs that OWASP recommends; others are kept anew."""

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

HASHERS = ["yilian.kernel.access.passwords.Argon2id"]


def test_a_password_kept_with_other_costs_is_kept_anew(settings):
    settings.PASSWORD_HASHERS = HASHERS
    kept: list[str] = []
    known = Argon2PasswordHasher().encode("江城2026", "0123456789abcdef")
    assert check_password("江城2026", known, kept.append)
    assert kept == ["江城2026"]


def test_a_password_kept_so_is_left_alone(settings):
    settings.PASSWORD_HASHERS = HASHERS
    kept: list[str] = []
    known = make_password("江城2026")
    assert known.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert check_password("江城2026", known, kept.append)
    assert not check_password("江城2025", known)
    assert kept == []
