"""Who is asking."""

from dataclasses import dataclass

from geo.phrases import Phrase, say
from layers.spec import Role

ROLE_TITLES: dict[Role, Phrase] = {
    "public": say("公众"),
    "grid_worker": say("网格员"),
    "planner": say("规划人员"),
    "mediator": say("调解人员"),
    "operator": say("系统管理员"),
}


@dataclass(frozen=True)
class Viewer:
    """A role within an area; ``scope`` is a prefix of division codes, the county's code for most roles, that of
    a grid for a grid worker, and empty for the public.
    """

    role: Role
    scope: str = ""

    @property
    def key(self) -> str:
        """Short text that stands for the viewer in caches and addresses."""
        return f"{self.role}.{self.scope}" if self.scope else self.role


PUBLIC = Viewer("public")
