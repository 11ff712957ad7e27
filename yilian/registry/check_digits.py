"""Check characters of Chinese identification numbers: pure arithmetic, no database."""

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS = "10X98765432"
UNIFIED_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
UNIFIED_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def resident_check(first_17: str) -> str:
    """Return the 18th character of a resident identity number (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, RESIDENT_WEIGHTS, strict=True))
    return RESIDENT_CHECKS[total % 11]


def unified_check(first_17: str) -> str:
    """Return the 18th character of a unified social credit code (GB 32100); raise ValueError for I, O, S, V, Z."""
    total = sum(
        UNIFIED_ALPHABET.index(character) * weight for character, weight in zip(first_17, UNIFIED_WEIGHTS, strict=True)
    )
    return UNIFIED_ALPHABET[-total % 31]


def organisation_check(first_8: str) -> str:
    """Return the 9th character of an organisation code (GB 11714); letters count from A = 10."""
    total = sum(int(character, 36) * weight for character, weight in zip(first_8, ORGANISATION_WEIGHTS, strict=True))
    remainder = 11 - total % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))
