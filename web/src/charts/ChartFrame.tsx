import type { ReactNode } from "react";
import { useEffect, useId, useRef, useState } from "react";
import { useSay } from "../i18n";
import type { EChartsType } from "echarts/core";
import { useTheme } from "../app/theme";
import { save } from "../ui/save";
import type { ChartOption } from "./draw";
import { readPalette } from "./palette";
import type { Palette } from "./palette";

interface Props {
  title: string;
  /** What the chart says in a sentence, for those who do not see it. */
  description: string;
  /** Made anew for each theme; keep the same function while its data are the same. */
  option: (palette: Palette) => ChartOption;
  /** Height in rem. The frame has it from the start, so that nothing jumps when the chart comes. */
  height?: number;
  /** Name of the file without its ending. */
  fileName: string;
  /** Called with what was clicked: ECharts' `name` and `data`. */
  onPick?: (picked: { name: string; data: unknown }) => void;
  /** The same numbers as a table, behind a fold. */
  children: ReactNode;
}

type Draw = typeof import("./draw");

/** A chart with its title, its table and its files. The chart library comes after everything else. */
export function ChartFrame({ title, description, option, height = 18, fileName, onPick, children }: Props) {
  const t = useSay();
  const heading = useId();
  const theme = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const [draw, setDraw] = useState<Draw | "failed" | null>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);

  useEffect(() => {
    let here = true;
    import("./draw").then(
      (module) => (here ? setDraw(module) : undefined),
      () => (here ? setDraw("failed") : undefined),
    );
    return () => {
      here = false;
    };
  }, []);

  useEffect(() => {
    if (!draw || draw === "failed" || !box.current) return;
    const made = draw.chartOn(box.current);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    setChart(made);
    return () => {
      observer.disconnect();
      made.dispose();
      setChart(null);
    };
  }, [draw]);

  useEffect(() => {
    const colours = { theme, ...readPalette() };
    chart?.setOption({ animation: false, ...option(colours) }, true);
  }, [chart, option, theme]);

  useEffect(() => {
    if (!chart || !onPick) return;
    chart.on("click", (event) => onPick({ name: event.name, data: event.data }));
    return () => {
      chart.off("click");
    };
  }, [chart, onPick]);

  const savePng = () => {
    // Straight from the canvas: the content security policy lets no page ask for a data: address.
    const drawn = chart?.renderToCanvas({ pixelRatio: 2, backgroundColor: readPalette().paper });
    drawn?.toBlob((blob) => (blob ? save({ name: `${fileName}.png`, blob }) : undefined), "image/png");
  };
  const saveSvg = async () => {
    if (!draw || draw === "failed" || !box.current) return;
    const { clientWidth, clientHeight } = box.current;
    const drawn = await draw.svgOf(option(readPalette()), clientWidth, clientHeight);
    save({ name: `${fileName}.svg`, blob: new Blob([drawn], { type: "image/svg+xml" }) });
  };
  return (
    <figure className="chart" aria-labelledby={heading}>
      <figcaption id={heading}>{title}</figcaption>
      <div className="chart-frame" style={{ blockSize: `${height}rem` }} role="img" aria-label={description}>
        {draw === "failed" ? <p className="muted">{t("chart.failed")}</p> : <div ref={box} className="chart-canvas" aria-hidden="true" />}
      </div>
      <div className="chart-foot">
        <details>
          <summary>{t("chart.table")}</summary>
          {children}
        </details>
        {chart && (
          <span className="muted small">
            {t("chart.save")}{" "}
            <button type="button" className="link" onClick={savePng}>
              PNG
            </button>{" "}
            <button type="button" className="link" onClick={() => void saveSvg()}>
              SVG
            </button>
          </span>
        )}
      </div>
    </figure>
  );
}
