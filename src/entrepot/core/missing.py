"""Why a value is missing: three kinds of nothing, and two ways of not having the data."""

from typing import Literal, get_args

from entrepot.core.text import Text

Reason = Literal["zero_flow", "not_reported", "undefined", "not_loaded", "too_old"]
REASONS: tuple[Reason, ...] = get_args(Reason)

MEANING: dict[Reason, Text] = {
    "zero_flow": Text("the pair did not trade", "双边无贸易"),
    "not_reported": Text("nobody reported the year", "当年无申报"),
    "undefined": Text("the formula has no value here", "公式在此无定义"),
    "not_loaded": Text("no data loaded for it", "未载入相应数据"),
    "too_old": Text("the latest value is older than allowed", "最近数据超出允许年限"),
}
