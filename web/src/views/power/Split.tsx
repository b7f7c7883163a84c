import type { FamilyAnswer } from "../../api/family";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import { saidValue } from "../../charts/figure";
import { How } from "../../ui/How";
import { Link } from "../../ui/Link";
import { factor, nameOf, SHARE_OF } from "./figures";
import type { PowerState } from "./state";
import { powerView } from "./state";
import { useTexts } from "./texts";

interface Props {
  view: PowerState;
  answer: FamilyAnswer;
  row: Row;
  /** Where one goes from here. */
  onward: readonly ("ranking" | "path" | "products" | "change" | "roads")[];
}

const SIDES = [
  { side: "export", power: "tpi_export", price: "price_factor_export" },
  { side: "import", power: "tpi_import", price: "price_factor_import" },
  { side: "total", power: "tpi", price: null },
] as const;

/** Power taken apart: share times price factor, in exports, imports and both. */
export function Split({ view, answer, row, onward }: Props) {
  const t = useTexts();
  const { lang } = view;
  const name = view.show === "products" ? textIn(row, "product_name") : textIn(row, "economy_name");
  const say = (value: number | null, unit: string) => saidValue(value, unit, lang);
  return (
    <section className="power-split" aria-labelledby="split-heading">
      <h2 id="split-heading">{t("split.title", { name })}</h2>
      <div className="inner-scroll" tabIndex={0} role="region" aria-labelledby="split-heading">
        <table>
          <caption className="visually-hidden">{t("split.title", { name })}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{t("split.share")}</th>
              <th scope="col">× {t("split.price")}</th>
              <th scope="col">= {t("split.power")}</th>
            </tr>
          </thead>
          <tbody>
            {SIDES.map(({ side, power, price }) => (
              <tr key={side}>
                <th scope="row">
                  <How id={power} name={nameOf(answer, power)}>
                    {t(`split.${side}`)}
                  </How>
                </th>
                <td>{say(numberIn(row, SHARE_OF[power] ?? ""), "fraction")}</td>
                <td>{say(price === null ? factor(row, power) : numberIn(row, price), "1")}</td>
                <td>{say(numberIn(row, power), "1")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <nav className="onward" aria-label={t("split.onward")}>
        {onward.map((show) => (
          <Link key={show} to={powerView.format({ ...view, show, sort: null, columns: [] })}>
            {t(`onward.${show}`)}
          </Link>
        ))}
      </nav>
    </section>
  );
}
