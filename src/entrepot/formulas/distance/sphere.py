"""Great-circle distance on a sphere."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM = 6371.0088  # mean radius (2a + b)/3 of the WGS 84 ellipsoid


def great_circle_km(lat_1: ArrayLike, lon_1: ArrayLike, lat_2: ArrayLike, lon_2: ArrayLike) -> NDArray[np.float64]:
    """Shortest distance over the surface of a spherical earth, by the haversine formula.

    ``2R·asin √(sin²(Δφ/2) + cos φ₁·cos φ₂·sin²(Δλ/2))`` with R = 6371.0088 km. The ellipsoid differs by at most 0.6 %.

    Parameters
    ----------
    lat_1, lon_1, lat_2, lon_2
        Degrees, north and east positive; scalars or arrays that broadcast against each other.

    Returns
    -------
    numpy.ndarray
        Kilometres, in the broadcast shape; NaN where a coordinate is NaN.

    Examples
    --------
    A quarter of the equator, and one degree of a meridian:

    >>> great_circle_km(0.0, 0.0, [0.0, 1.0], [90.0, 0.0]).round(2).tolist()
    [10007.56, 111.2]
    """
    phi_1, lambda_1, phi_2, lambda_2 = (np.radians(np.asarray(x, dtype=float)) for x in (lat_1, lon_1, lat_2, lon_2))
    h = np.sin((phi_2 - phi_1) / 2) ** 2 + np.cos(phi_1) * np.cos(phi_2) * np.sin((lambda_2 - lambda_1) / 2) ** 2
    # Rounding can push h a hair above 1 for antipodes.
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(h, 1.0))))


def unit_vectors(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of the unit sphere, one row (x, y, z) for each latitude and longitude in degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def degrees_of(vectors: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude in degrees of vectors of any length but zero."""
    x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
