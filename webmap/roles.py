"""What the roles are called."""

from layers.language import N_
from layers.spec import Role

ROLE_TITLES: dict[Role, str] = {
    "public": N_("公众"),
    "grid_worker": N_("网格员"),
    "planner": N_("规划人员"),
    "mediator": N_("调解人员"),
    "operator": N_("系统管理员"),
}
