import { Link } from "../../../ui/Link";
import { productsView } from "../../products/state";
import { briefAddress } from "../questions";
import type { RankedRow } from "../ranking";
import type { MarketsState } from "../state";
import { chooseMarket } from "../state";
import { useTexts } from "../texts";

/** Where one goes from a market: to compare it, to print it, to what else it would buy. */
export function Onward({ view, open }: { view: MarketsState; open: RankedRow }) {
  const t = useTexts();
  return (
    <nav className="onward" aria-label={t("onward.title")}>
      <label>
        <input type="checkbox" checked={view.chosen.includes(open.code)} onChange={() => chooseMarket(view, open.code)} />
        {t(view.chosen.includes(open.code) ? "onward.chosen" : "onward.choose")}
      </label>
      <a href={briefAddress(view, [open.code])} target="_blank" rel="noreferrer">
        {t("onward.brief", { market: open.name })}
      </a>
      <Link to={productsView.link({ market: open.code, product: null })}>{t("onward.products", { market: open.name })}</Link>
    </nav>
  );
}
