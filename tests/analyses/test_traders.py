"""Who trades: shares of owners and regimes, concentration and turnover of firms."""

import polars as pl
import pytest

from entrepot.analyses.micro.answers import quality
from entrepot.analyses.micro.traders import traders
from tests.analyses.test_micro import china, frame_of


def test_who_trades_by_hand():
    """2010: state 6 of 10, wholly foreign 3, joint venture 1. In 2011 the joint venture is gone and a private firm new."""
    rows = frame_of(
        {"firm": "s", "owner": "state", "value_usd": 6.0}, {"firm": "f", "owner": "wholly_foreign", "value_usd": 3.0},
        {"firm": "j", "owner": "joint_venture", "value_usd": 1.0}, {"firm": "s", "owner": "state", "year": 2011},
        {"firm": "p", "owner": "private", "year": 2011, "value_usd": 2.0}, {"firm": "s", "flow": "import", "owner": "state"},
        flow="export", regime="ordinary",
    )  # fmt: skip
    frame = traders(rows).frame

    def row(owner, year, flow="export"):
        (found,) = frame.filter(owner=owner, year=year, flow=flow, regime="all").to_dicts()
        return found

    assert row("state", 2010)["share"] == pytest.approx(0.6)
    assert row("foreign_invested", 2010)["share"] == pytest.approx(0.4)
    assert row("foreign_invested", 2010)["hhi"] == pytest.approx(0.75**2 + 0.25**2)
    assert row("all", 2010)["n_entrants"] is None
    later = row("all", 2011)
    assert (later["n_firms"], later["n_entrants"], later["n_exits"]) == (2, 1, 2)
    assert later["entrants_share"] == pytest.approx(2 / 8)
    assert later["exits_share"] == pytest.approx(4 / 10)
    assert row("state", 2010, "import")["share"] == 1.0
    totals = frame.filter(regime="all").filter(~pl.col("owner").is_in(["all", "foreign_invested"]))
    assert totals.group_by("flow", "year").agg(pl.col("share").sum())["share"].to_list() == pytest.approx([1.0] * 3)


def test_who_trades_is_asked_of_all_trade_whatever_a_mapping_leaves_out():
    rows = china({}, {"exp_imp": 1}, {"shipment": "15"}, {"company": "上海进出口公司"}, {"hs_id": "27090000"})
    answer = traders(rows, mapping="china")
    whole = answer.frame.filter(owner="all", regime="all")
    assert dict(whole.select("flow", "value_usd").iter_rows()) == {"export": 16.0, "import": 4.0}
    assert any("filters of the mapping do not apply" in note.en for note in answer.notes)
    assert any(
        "nor does a regime asked for" in note.en for note in traders(rows, mapping="china", regime="ordinary").notes
    )
    assert traders(frame_of({"firm": "a"})).notes == quality(frame_of({"firm": "a"})).notes[:1]
