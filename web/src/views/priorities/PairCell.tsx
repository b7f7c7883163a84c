import { memo } from "react";

interface Props {
  pair: string;
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
  /** Product, market and number. */
  said: string;
  open: boolean;
  /** Tab leads here. */
  stop: boolean;
  onPick: (pair: string, open: boolean) => void;
  onPoint: (said: string) => void;
}

/** A pair as a cell of a picture: a button that says its number and opens it. */
export const PairCell = memo(function PairCell({ pair, fill, said, open, stop, onPick, onPoint, ...place }: Props) {
  return (
    <rect
      {...place}
      className="pair-cell"
      role="button"
      tabIndex={stop ? 0 : -1}
      aria-label={said}
      aria-expanded={open}
      data-pair={pair}
      data-open={open}
      style={{ fill }}
      onClick={() => onPick(pair, open)}
      onFocus={() => onPoint(said)}
      onPointerEnter={() => onPoint(said)}
    >
      <title>{said}</title>
    </rect>
  );
});
