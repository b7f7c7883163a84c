import { numberIn, textIn } from "../../../api/rows";
import type { Row } from "../../../api/rows";
import { formatBare, formatWithUnit, unitLabel } from "../../../format/number";
import { How } from "../../../ui/How";
import { ErrorState, Skeleton } from "../../../ui/states";
import { useCompetitors } from "../questions";
import type { MarketsState } from "../state";
import { useTexts } from "../texts";

/** So many sellers have a line of their own; the exporter asked always has one. */
const NAMED = 8;

/** Who sells the product in this market, each with the share its ties would give it. */
export function Rivals({ view, market }: { view: MarketsState; market: string }) {
  const t = useTexts();
  const { data, error, retry } = useCompetitors(view, market);
  const rows = data?.rows ?? [];
  const named = rows.filter((row, index) => index < NAMED || numberIn(row, "asked") === 1);
  const rest = rows.filter((row) => !named.includes(row));
  const most = Math.max(1e-9, ...named.flatMap((row) => [numberIn(row, "share_in_market") ?? 0, numberIn(row, "gravity_share") ?? 0]));
  const sum = (id: string) => rest.reduce((total, row) => total + (numberIn(row, id) ?? 0), 0);
  const share = (value: number | null) => (value === null ? "–" : formatBare(value, "share_in_market", "fraction", view.lang));
  return (
    <div className="rivals">
      <h3>{t("rivals.title")}</h3>
      {error && <ErrorState error={error} onRetry={retry} />}
      {!data && !error && <Skeleton rows={NAMED} />}
      {data && rows.length === 0 && <p className="muted">{t("rivals.none")}</p>}
      {rows.length > 0 && (
        <>
          <p className="muted small">{t("rivals.text")}</p>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("rivals.exporter")}</th>
                <td />
                <th scope="col">
                  <How id="share_in_market" name={t("rivals.share")} /> <span className="unit">%</span>
                </th>
                <th scope="col">
                  <How id="gravity_share" name={t("rivals.gravity")} /> <span className="unit">%</span>
                </th>
                <th scope="col">
                  <How id="price_usd_t" name={t("rivals.price")} /> <span className="unit">{unitLabel("usd/t", view.lang)}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {named.map((row) => (
                <tr key={textIn(row, "exporter")} data-asked={numberIn(row, "asked") === 1}>
                  <th scope="row" title={formatWithUnit(numberIn(row, "value_usd"), "value_usd", "usd", view.lang)}>
                    {textIn(row, "exporter_name")}
                    {numberIn(row, "asked") === 1 && <span className="visually-hidden"> ({t("rivals.asked")})</span>}
                  </th>
                  <td aria-hidden="true">
                    <ShareBar row={row} most={most} />
                  </td>
                  <td>{share(numberIn(row, "share_in_market"))}</td>
                  <td>{share(numberIn(row, "gravity_share"))}</td>
                  <td>{formatBare(numberIn(row, "price_usd_t"), "price_usd_t", "usd/t", view.lang) || "–"}</td>
                </tr>
              ))}
              {rest.length > 0 && (
                <tr>
                  <th scope="row" className="muted">
                    {t("rivals.rest", { count: rest.length })}
                  </th>
                  <td />
                  <td>{share(sum("share_in_market"))}</td>
                  <td>{share(sum("gravity_share"))}</td>
                  <td />
                </tr>
              )}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

function ShareBar({ row, most }: { row: Row; most: number }) {
  const [held, expected] = [numberIn(row, "share_in_market"), numberIn(row, "gravity_share")];
  return (
    <span className="bar">
      <span className="bar-part" style={{ inlineSize: `${(100 * (held ?? 0)) / most}%` }} />
      {expected !== null && <span className="bar-mark" style={{ insetInlineStart: `${(100 * expected) / most}%` }} />}
    </span>
  );
}
