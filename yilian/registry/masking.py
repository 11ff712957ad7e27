"""How personal numbers are shown to those who need not know them."""

MASK = "*"


def mask_number(number: str) -> str:
    """Show the first and last four of an identity number: 4201**********3844; of short ones less, E****5678."""
    if len(number) >= 12:
        return number[:4] + MASK * (len(number) - 8) + number[-4:]
    if len(number) >= 8:
        return number[0] + MASK * (len(number) - 5) + number[-4:]
    return MASK * max(len(number) - 2, 0) + number[-2:]


def mask_phone(phone: str) -> str:
    """Show the first three and last four of a phone number: 138****1070; short ones show the last two only."""
    if len(phone) >= 10:
        return phone[:3] + MASK * (len(phone) - 7) + phone[-4:]
    return MASK * max(len(phone) - 2, 0) + phone[-2:]
