"""How supply counts less the further it is: the names of the ways, and the zones of one of them. Nothing heavy is imported."""

from typing import Literal

Decay = Literal["step", "gaussian"]
ZONES = ((1 / 3, 1.0), (2 / 3, 0.68), (1.0, 0.22))
"""Share of the limit up to which a zone reaches, and its weight: Luo and Qi's sets for 10, 20 and 30 minutes."""
