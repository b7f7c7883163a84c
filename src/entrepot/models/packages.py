"""The econometrics packages, loaded when a model is asked for: they are an extra."""

from importlib import import_module
from typing import Any

from entrepot.core.errors import InputError
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
