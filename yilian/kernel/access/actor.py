"""The Actor: a user in a post, as which everything is done."""

from dataclasses import dataclass

from yilian.kernel.access.roles import mask_of, roles


@dataclass(frozen=True)
class Actor:
    """Who acts, at which institution, in which roles (bit mask), for whom and from where.

    A system actor (the clock) has no user; its name says what it is.
    """

    user_id: int | None
    name: str
    institution_id: int
    institution_name: str
    roles: int
    post_id: int | None = None
    consortium_id: int | None = None
    on_behalf_of_id: int | None = None
    ip: str = ""

    def may(self, *role_keys: str) -> bool:
        """Say whether the actor holds one of these roles."""
        return bool(self.roles & mask_of(role_keys)) if role_keys else bool(self.roles)

    @property
    def oversees(self) -> bool:
        """Say whether the actor sees what the institution watches: by role; work that no person does sees it too."""
        return self.is_system or any(role.oversees and role.mask & self.roles for role in roles)

    @property
    def is_system(self) -> bool:
        return self.user_id is None


def system_actor(name: str, institution_id: int, institution_name: str = "") -> Actor:
    """Return the actor for work that no person does; it holds no role, so only clock steps are open to it."""
    return Actor(user_id=None, name=name, institution_id=institution_id, institution_name=institution_name, roles=0)
