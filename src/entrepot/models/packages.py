"""The econometrics packages, loaded when a model is asked for: they are an extra."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np

from entrepot.core.errors import DataError, EntrepotError, InputError
from entrepot.core.text import Text


def package(name: str) -> Any:
    """The module of that name, such as "arch.unitroot".

    Raises
    ------
    InputError
        ``no_econometrics`` if it is not installed, with the command that installs it.

    Examples
    --------
    >>> package("json").loads("[1]")
    [1]
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as absent:
        raise InputError(
            "no_econometrics",
            Text(
                f"This needs the package {name.partition('.')[0]}, which is not installed. "
                "Install Entrepôt with its econometrics: pip install 'entrepot[econometrics]'.",
                f"此功能需要 {name.partition('.')[0]}，但尚未安装。请安装计量扩展：pip install 'entrepot[econometrics]'。",
            ),
        ) from absent


@contextmanager
def estimating(name: str) -> Iterator[None]:
    """What a package makes of data that it cannot use, as an error of ours; its warnings are not for the user.

    Parameters
    ----------
    name : of the model or test, as in the error.

    Raises
    ------
    DataError
        ``not_estimable``, with what the package said.

    Examples
    --------
    >>> with estimating("A test"):
    ...     raise ValueError("too short")
    Traceback (most recent call last):
    entrepot.core.errors.DataError: A test cannot be computed from these data: too short
    """
    try:
        # Overflow and 0/0 end in figures that are not finite, which `check_finite` refuses.
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield
    except (EntrepotError, TypeError, AttributeError, NameError):
        raise  # the last three would be mistakes of ours
    except Exception as why:  # each package has exceptions of its own
        reason = " ".join(str(why).split())[:200] or type(why).__name__
        raise DataError(
            "not_estimable",
            Text(
                f"{name} cannot be computed from these data: {reason}",
                f"{name} 无法用这些数据计算：{reason}",
            ),
        ) from why


def check_finite(name: str, *figures: Any) -> None:
    """Refuse figures that are NaN or infinite: nothing was left to compute an error from.

    Raises
    ------
    DataError
        ``not_estimable``.

    Examples
    --------
    >>> check_finite("A test", 1.0, [2.0, 3.0])
    """
    if not all(np.isfinite(np.asarray(one, dtype=np.float64)).all() for one in figures):
        raise DataError(
            "not_estimable",
            Text(
                f"{name} has no finite statistics here: the data are too few, or explained without remainder.",
                f"{name} 在此得不到有限的统计量：数据过少，或被完全解释、没有剩余。",
            ),
        )
