"""What is configurable in the distance rules, and the names of the rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from entrepot.core.errors import InputError
from entrepot.core.text import Text

Rule = Literal["neighbour", "ports", "pooled", "capitals", "land+ports", "none"]

RULES: Mapping[str, Text] = MappingProxyType(
    {
        "neighbour": Text("shared land border: the fixed minimum", "陆地接壤：固定最小值"),
        "ports": Text("mean over the pairs of both economies' main ports", "双方主要港口两两距离的平均"),
        "pooled": Text("mean to the main ports of the importer's sub-region", "到进口方所属次区域主要港口的平均距离"),
        "capitals": Text("both landlocked on one continent: capital to capital", "同一大洲的两个内陆国：首都间距离"),
        "land+ports": Text("land legs to gateway ports and the leg between ports", "到门户港的陆路加港口间航程"),
        "none": Text("no port and no land way to one, or no coordinates", "无港口亦无陆路通往港口，或无坐标"),
    }
)

# The five largest container ports (zones) of Latin America and the Caribbean in 2021 by ECLAC's port movement ranking:
# Panama's Caribbean side 4.92, Santos 4.44, Panama's Pacific side 3.56, Cartagena 3.44, Manzanillo (Mexico) 3.37
# million TEU. 419 is the United Nations M49 code of the sub-region.
LATIN_AMERICA_AND_THE_CARIBBEAN = MappingProxyType({"419": ("PAONX", "BRSSZ", "PABLB", "COCTG", "MXZLO")})


@dataclass(frozen=True, kw_only=True)
class DistanceRules:
    """The configurable numbers of the distance rules.

    Attributes
    ----------
    minimum_km
        Distance between neighbours, and the least distance of any pair (km).
    ports_per_economy
        How many of an economy's usable main ports, in order of importance, its distances are averaged over.
    lane_limit_km
        A port farther than this from the lane network (km) is not usable and makes no economy coastal.
    pooled
        Sub-region (M49 code) → identifiers of the ports at which importers in it are reached from outside it.
    closed_passages
        Passages left out of the lane network. The Northwest Passage is closed by default: it is open to regular trade
        in no season that an importer could count on.
    """

    minimum_km: float = 100.0
    ports_per_economy: int = 5
    lane_limit_km: float = 100.0
    pooled: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: LATIN_AMERICA_AND_THE_CARIBBEAN)
    closed_passages: tuple[str, ...] = ("northwest",)

    def __post_init__(self) -> None:
        """Refuse numbers that would make a distance zero, negative or undefined."""
        for name in ("minimum_km", "ports_per_economy", "lane_limit_km"):
            value = getattr(self, name)
            if not value > 0:
                raise InputError(
                    "invalid_distance_rule",
                    Text(f"{name} is {value!r}; it must be above 0.", f"{name} 为 {value!r}，必须大于 0。"),
                    field=name,
                )
