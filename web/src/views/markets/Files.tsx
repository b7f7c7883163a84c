import type { Download } from "../../ui/DownloadMenu";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { pngFile, svgFile } from "../../ui/save";
import { fileAddress } from "./questions";
import type { MarketsState } from "./state";
import { useTexts } from "./texts";

function drawing(): SVGSVGElement {
  const found = document.querySelector<SVGSVGElement>(".map-drawing");
  if (!found) throw new Error("the map is not on the page");
  return found;
}

/** Everything that can be taken away from the answer. */
export function Files({ view }: { view: MarketsState }) {
  const t = useTexts();
  const name = ["markets", view.exporter, view.product].join("-");
  const files: Download[] = [
    { label: t("files.xlsx"), from: fileAddress(view, "xlsx") },
    { label: t("files.csv"), from: fileAddress(view, "csv") },
    ...(view.show === "ranking"
      ? [
          { label: t("files.svg"), from: () => svgFile(drawing(), `${name}.svg`) },
          { label: t("files.png"), from: () => pngFile(drawing(), `${name}.png`) },
        ]
      : []),
  ];
  return <DownloadMenu files={files} />;
}
