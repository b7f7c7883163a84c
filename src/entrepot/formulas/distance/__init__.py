"""Distance between economies: the rules, the sphere, the sea lanes (Global Potential Markets, section 2.3).

Arithmetic on arrays; `from_tables` and `harbours` make the arrays of the canonical tables. No file, no name of an economy.
"""

from entrepot.formulas.distance.from_tables import geography_of, rules_of, sea_lanes, with_lanes
from entrepot.formulas.distance.geography import Geography
from entrepot.formulas.distance.harbours import importance, ranked_harbours
from entrepot.formulas.distance.lanes import SeaLanes, lane_distance_km, sea_leg_km
from entrepot.formulas.distance.pairs import PairDistances, capital_distances, pair_distances
from entrepot.formulas.distance.rules import RULES, DistanceRules, Rule
from entrepot.formulas.distance.sphere import EARTH_RADIUS_KM, great_circle_km
from entrepot.formulas.distance.ways import KM_OF_NAUTICAL_MILE, SeaWay, sea_way

__all__ = [
    "EARTH_RADIUS_KM",
    "KM_OF_NAUTICAL_MILE",
    "RULES",
    "DistanceRules",
    "Geography",
    "PairDistances",
    "Rule",
    "SeaLanes",
    "SeaWay",
    "capital_distances",
    "geography_of",
    "great_circle_km",
    "importance",
    "lane_distance_km",
    "pair_distances",
    "ranked_harbours",
    "rules_of",
    "sea_lanes",
    "sea_leg_km",
    "sea_way",
    "with_lanes",
]
