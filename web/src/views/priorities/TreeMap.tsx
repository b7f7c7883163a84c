import { useMemo, useState } from "react";
import type { Row } from "../../api/rows";
import { numberIn } from "../../api/rows";
import { formatWithUnit } from "../../format/number";
import type { Language } from "../../i18n/language";
import { classesOf } from "../../map/classes";
import { colourOf } from "../../map/colours";
import { fitted, keyOf } from "./grid";
import { PairCell } from "./PairCell";
import { useRoving } from "./roving";
import { useTexts } from "./texts";
import { plotsOf, treeOf } from "./tree";
import { useWidth } from "./useWidth";

interface Props {
  rows: readonly Row[];
  /** Key of the pair that is open. */
  open: string | null;
  onPick: (pair: string, open: boolean) => void;
  lang: Language;
}

const HEIGHT = 440;
const FONT = 11;
/** Of five classes of colour, from the third on a light name is read better. */
const DEEP = 2;

/** Products by area, each made of its markets; a cell opens its pair. */
export function TreeMap({ rows, open, onPick, lang }: Props) {
  const t = useTexts();
  const [box, width] = useWidth();
  const [pointed, setPointed] = useState<string | null>(null);
  const branches = useMemo(() => treeOf(rows), [rows]);
  const plots = useMemo(() => plotsOf(branches, { x: 0, y: 0, width, height: HEIGHT }), [branches, width]);
  const { classOf } = useMemo(() => classesOf(branches.flatMap(({ children }) => children.map(({ value }) => value)), false), [branches]);
  const leaves = useMemo(
    () =>
      plots.flatMap(({ branch, leaves: parts }) =>
        parts.map(({ leaf: { name, value, pair }, area }) => ({
          key: keyOf(pair),
          x: area.x + area.width / 2,
          y: area.y + area.height / 2,
          area,
          name,
          value,
          said: t("heat.cell", { product: branch.name, market: name, value: formatWithUnit(value, "unrealised_usd", "usd", lang), rank: numberIn(pair, "rank") ?? "–" }),
        })),
      ),
    [plots, lang, t],
  );
  const { stop, keys } = useRoving(leaves, open);
  return (
    <div className="tree">
      <div ref={box} className="heat-frame" style={{ minBlockSize: `${HEIGHT}px` }}>
        {width > 0 && (
          <svg className="tree-drawing" width={width} height={HEIGHT} role="group" aria-label={`${t("tree.title")} ${t("tree.text")}`} {...keys}>
            {leaves.map(({ key, area, value, said }) => (
              <PairCell
                key={key}
                pair={key}
                x={area.x + 0.5}
                y={area.y + 0.5}
                width={Math.max(0.5, area.width - 1)}
                height={Math.max(0.5, area.height - 1)}
                fill={colourOf("ramp", classOf(value), false)}
                said={said}
                open={key === open}
                stop={key === stop}
                onPick={onPick}
                onPoint={setPointed}
              />
            ))}
            <g aria-hidden="true" className="tree-names">
              {plots.filter(({ named }) => named).map(({ branch, area }) => (
                <text key={branch.name} className="tree-name" x={area.x + 3} y={area.y + 14}>
                  {fitted(branch.name, (area.width - 8) / FONT)}
                </text>
              ))}
              {leaves.filter(({ area }) => area.width > 40 && area.height > 16).map(({ key, area, name, value }) => (
                <text key={key} data-deep={classOf(value) > DEEP} x={area.x + 4} y={area.y + 13}>
                  {fitted(name, (area.width - 10) / FONT)}
                </text>
              ))}
            </g>
          </svg>
        )}
      </div>
      <p className="pointed small" aria-hidden="true">
        {pointed ?? t("heat.keys")}
      </p>
      <p className="muted small">{t("tree.text")}</p>
    </div>
  );
}
