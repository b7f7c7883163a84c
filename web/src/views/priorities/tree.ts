/** Pairs as a tree map: products hold their markets, areas are the unrealised potential. */

import type { ChartOption } from "../../charts/draw";
import { base } from "../../charts/figureParts";
import type { Palette } from "../../charts/palette";
import type { Row } from "../../api/rows";
import { numberIn, textIn } from "../../api/rows";
import { classesOf } from "../../map/classes";

export interface Leaf {
  name: string;
  value: number;
  product: string;
  market: string;
}
export interface Branch {
  name: string;
  value: number;
  children: Leaf[];
}

/** Products by their sum, each with its markets; what has no positive potential takes no area. */
export function treeOf(rows: readonly Row[]): Branch[] {
  const branches = new Map<string, Branch>();
  for (const row of rows) {
    const value = numberIn(row, "unrealised_usd") ?? 0;
    if (value <= 0) continue;
    const product = textIn(row, "product");
    const branch = branches.get(product) ?? { name: `${textIn(row, "product_name")} ${product}`, value: 0, children: [] };
    branch.value += value;
    branch.children.push({ name: textIn(row, "importer_name"), value, product, market: textIn(row, "importer") });
    branches.set(product, branch);
  }
  return [...branches.values()].sort((a, b) => b.value - a.value);
}

/** Whether a colour "#rrggbb" is dark, by the lightness the eye sees. */
function isDark(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 140;
}

/** Smaller parts of the whole have no room for a name. */
const NAMED_LEAF = 0.006;
const NAMED_BRANCH = 0.015;

export function treeOption(palette: Palette, branches: readonly Branch[], say: (value: number) => string): ChartOption {
  const { classOf } = classesOf(branches.flatMap(({ children }) => children.map(({ value }) => value)), false);
  const whole = branches.reduce((sum, { value }) => sum + value, 0);
  const quiet = { fontFamily: palette.font, fontSize: 11 };
  return {
    tooltip: {
      ...base({ palette }).tooltip,
      formatter: ({ name, value, treePathInfo }: { name: string; value: number; treePathInfo: { name: string }[] }) =>
        [...treePathInfo.slice(1, -1).map((one) => one.name), `${name}: ${say(value)}`].join("\n"),
    },
    series: [
      {
        type: "treemap",
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        itemStyle: { borderColor: palette.paper, borderWidth: 1, gapWidth: 1 },
        levels: [{ itemStyle: { gapWidth: 4, borderWidth: 0 } }, { upperLabel: { show: true }, itemStyle: { borderColor: palette.paper, borderWidth: 0, gapWidth: 1 } }],
        upperLabel: { ...quiet, show: true, height: 20, color: palette.ink, fontWeight: 600, overflow: "truncate" },
        label: { ...quiet, overflow: "truncate", padding: [2, 4], position: "insideTopLeft" },
        data: branches.map((branch) => ({
          ...branch,
          itemStyle: { color: palette.paper },
          upperLabel: { show: branch.value > NAMED_BRANCH * whole },
          children: branch.children.map((leaf) => {
            const colour = palette.ramp[classOf(leaf.value)] ?? palette.zero;
            return { ...leaf, itemStyle: { color: colour }, label: { show: leaf.value > NAMED_LEAF * whole, color: isDark(colour) ? "#ffffff" : "#17191b" } };
          }),
        })),
      },
    ],
  };
}
