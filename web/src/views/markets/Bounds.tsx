import { useState } from "react";
import type { Column } from "../../api/client";
import { formatWithUnit, unitLabel } from "../../format/number";
import { Chips } from "../../ui/Chips";
import { tableColumns } from "../../ui/table/columns";
import type { Bound } from "../../ui/table/order";
import { formatBound, parseBound } from "../../ui/table/order";
import type { MarketsState } from "./state";
import { goTo } from "./state";
import { useTexts } from "./texts";
import { Popover } from "../../ui/Popover";

const NUMERIC = new Set(["usd", "t", "usd/t", "fraction", "percent", "km", "1", "score", "rank"]);
/** Fractions are read and typed as per cent. */
const scaleOf = (unit: Column["unit"] | undefined): number => (unit === "fraction" ? 100 : 1);

/** Bounds that the rows in sight keep to, column by column; ranks stay those among all markets. */
export function Bounds({ view, columns }: { view: MarketsState; columns: readonly Column[] }) {
  const t = useTexts();
  const numeric = tableColumns(columns).filter(({ unit }) => NUMERIC.has(unit));
  const [draft, setDraft] = useState({ id: "market_size_usd", side: ">=" as Bound["side"], text: "" });
  const unit = columns.find((column) => column.id === draft.id)?.unit;
  const label = unit === undefined ? "" : unitLabel(unit, view.lang);

  const add = () => {
    const value = Number(draft.text.replaceAll(",", ""));
    if (draft.text.trim() === "" || !Number.isFinite(value)) return;
    const bound = formatBound({ id: draft.id, side: draft.side, value: value / scaleOf(unit) });
    goTo({ filter: [...view.filter.filter((one) => one !== bound), bound] });
    setDraft({ ...draft, text: "" });
  };
  const chips = view.filter.map((text) => {
    const bound = parseBound(text);
    const column = columns.find(({ id }) => id === bound?.id);
    const name = bound && column ? `${column.name} ${bound.side === ">=" ? "≥" : "≤"} ${formatWithUnit(bound.value, column.id, column.unit, view.lang)}` : text;
    return { code: text, name };
  });
  return (
    <>
      <Popover name={t("bounds.add")}>
        <form
          className="popover-sheet bounds"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <select aria-label={t("bounds.column")} value={draft.id} onChange={(event) => setDraft({ ...draft, id: event.target.value })}>
            {numeric.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <select aria-label={t("bounds.side")} value={draft.side} onChange={(event) => setDraft({ ...draft, side: event.target.value as Bound["side"] })}>
            <option value=">=">{t("bounds.least")}</option>
            <option value="<=">{t("bounds.most")}</option>
          </select>
          <input
            type="text"
            inputMode="decimal"
            aria-label={label === "" ? t("bounds.value.bare") : t("bounds.value", { unit: label })}
            placeholder={label}
            value={draft.text}
            onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          />
          <button type="submit" className="button">
            {t("bounds.add")}
          </button>
        </form>
      </Popover>
      <Chips label={t("bounds.title")} chips={chips} onRemove={(text) => goTo({ filter: view.filter.filter((one) => one !== text) })} />
    </>
  );
}
