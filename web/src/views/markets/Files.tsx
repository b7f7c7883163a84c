import type { Download } from "../../ui/DownloadMenu";
import { DownloadMenu } from "../../ui/DownloadMenu";
import { drawingAt, pngFile, svgFile } from "../../ui/save";
import { marketsFile } from "./questions";
import type { MarketsState } from "./state";
import { useTexts } from "./texts";

const drawing = () => drawingAt(".map-drawing");

/** Everything that can be taken away from the answer. */
export function Files({ view }: { view: MarketsState }) {
  const t = useTexts();
  const name = ["markets", view.exporter, view.product].join("-");
  const files: Download[] = [
    { label: t("files.xlsx"), from: marketsFile(view, "xlsx") },
    { label: t("files.csv"), from: marketsFile(view, "csv") },
    ...(view.show === "ranking"
      ? [
          { label: t("files.svg"), from: () => svgFile(drawing(), `${name}.svg`) },
          { label: t("files.png"), from: () => pngFile(drawing(), `${name}.png`) },
        ]
      : []),
  ];
  return <DownloadMenu files={files} />;
}
