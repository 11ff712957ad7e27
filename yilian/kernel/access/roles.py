"""Roles: what a person may be at an institution; each is one bit of a mask."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from yilian.kernel.registries import Registry


class RoleBitError(ValueError):
    """Two roles share one bit, or the bit does not fit a PostgreSQL integer."""


@dataclass(frozen=True)
class Role:
    """A role; `bit` is its place (0-29) in the masks stored with posts, turns and notices.

    Who `hears_delays` is told when a case is long overdue at the institution or in its charge. Who `keeps_platform`
    changes what binds everybody, at an institution that keeps the platform only. Who `oversees` sees the cases that the
    institution watches without a hand in them.
    """

    key: str
    title: str | Promise
    bit: int
    hears_delays: bool = False
    keeps_platform: bool = False
    oversees: bool = False

    @cached_property
    def mask(self) -> int:
        return 1 << self.bit


ANY_ROLE = (1 << 30) - 1


class _Roles(Registry[Role]):
    def add(self, item: Role) -> Role:
        """Declare a role; raise RoleBitError when its bit is taken or too large."""
        if not 0 <= item.bit < 30 or any(other.bit == item.bit for other in self):
            raise RoleBitError(f"role {item.key!r} cannot have bit {item.bit}")
        return super().add(item)


roles: _Roles = _Roles("role")


def mask_of(keys: Iterable[str]) -> int:
    """Return the bit mask of these roles; no keys means every role."""
    keys = tuple(keys)
    if not keys:
        return ANY_ROLE
    mask = 0
    for key in keys:
        mask |= roles[key].mask
    return mask


def titles_of(mask: int) -> list[str]:
    """Return the titles of the roles in a mask, in the order of declaration."""
    return [str(role.title) for role in roles if role.mask & mask]
