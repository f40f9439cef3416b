import { type PointerEvent, useState } from "react";
import { barsOf, type Buckets, rangeOf } from "./histogram-scale.ts";
import { zonedTime } from "./format-time.ts";
import { severityTone } from "./severity.ts";

interface HistogramProps {
  readonly histogram: Buckets;
  /** What is counted: "alerts". */
  readonly what: string;
  /** Default: no part of it can be chosen. */
  readonly onSelect?: (range: { readonly since: string; readonly until: string }) => void;
}

/** Drawn in these units, then stretched to the page. */
const WIDTH = 1_000;
const HEIGHT = 80;

/** Something counted over time. Dragging over it chooses a time; the fields "From" and "Until" do the same by keyboard. */
export const HistogramFigure = ({ histogram, what, onSelect }: HistogramProps) => (
  <figure className="histogram">
    <Bars {...{ histogram, what, ...(onSelect && { onSelect }) }} />
    <figcaption>
      <span>{zonedTime(histogram.buckets[0]?.at)}</span>
      <span className="histogram__hint">
        {lengthOf(histogram.intervalMs)} a bar{onSelect && "; drag to narrow"}
      </span>
      <span>{zonedTime(histogram.buckets.at(-1)?.at)}</span>
    </figcaption>
  </figure>
);

const Bars = ({ histogram, what, onSelect }: HistogramProps) => {
  const [brush, setBrush] = useState<{ readonly from: number; readonly to: number }>();
  const placeOf = ({ currentTarget, clientX }: PointerEvent<SVGSVGElement>): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return (clientX - left) / width;
  };
  const total = histogram.buckets.reduce((sum, { count }) => sum + count, 0);
  const end = (event: PointerEvent<SVGSVGElement>) => {
    if (brush === undefined) return;
    setBrush(undefined);
    const range = rangeOf(histogram, brush.from, placeOf(event));
    if (range !== undefined) onSelect?.(range);
  };
  return (
    <svg
      className={onSelect === undefined ? "histogram__bars histogram__bars--still" : "histogram__bars"}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${total} ${what} over time`}
      onPointerDown={(event) => {
        if (onSelect === undefined) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setBrush({ from: placeOf(event), to: placeOf(event) });
      }}
      onPointerMove={(event) => {
        if (brush !== undefined) setBrush({ ...brush, to: placeOf(event) });
      }}
      onPointerUp={end}
      onPointerCancel={() => setBrush(undefined)}
    >
      {barsOf(histogram, severityTone).map(({ x, width, pieces }, index) =>
        pieces.map(({ tone, y, height }) => (
          <rect
            key={`${index} ${tone} ${y}`}
            className={`histogram__bar histogram__bar--${tone}`}
            {...{ x: x * WIDTH, y: y * HEIGHT, width: width * WIDTH * 0.9, height: Math.max(1, height * HEIGHT) }}
          />
        )),
      )}
      {brush !== undefined && (
        <rect
          className="histogram__brush"
          {...{ x: Math.min(brush.from, brush.to) * WIDTH, y: 0, height: HEIGHT }}
          width={Math.abs(brush.to - brush.from) * WIDTH}
        />
      )}
    </svg>
  );
};

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
];

const lengthOf = (ms: number): string => {
  const [unit, name] = UNITS.find(([length]) => ms >= length) ?? [1, "ms"];
  return `${ms / unit} ${name}`;
};
