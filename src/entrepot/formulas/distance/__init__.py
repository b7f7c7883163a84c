"""Distance between economies: the rules, the sphere, the sea lanes (Global Potential Markets, section 2.3).

Everything here is arithmetic on arrays: no table, no file, no name of an economy.
"""

from entrepot.formulas.distance.geography import Geography
from entrepot.formulas.distance.lanes import SeaLanes, lane_distance_km, sea_leg_km
from entrepot.formulas.distance.pairs import PairDistances, capital_distances, pair_distances
from entrepot.formulas.distance.rules import RULES, DistanceRules, Rule
from entrepot.formulas.distance.sphere import EARTH_RADIUS_KM, great_circle_km

__all__ = [
    "EARTH_RADIUS_KM",
    "RULES",
    "DistanceRules",
    "Geography",
    "PairDistances",
    "Rule",
    "SeaLanes",
    "capital_distances",
    "great_circle_km",
    "lane_distance_km",
    "pair_distances",
    "sea_leg_km",
]
