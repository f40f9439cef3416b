/** A line of a chart. Points whose value is not a number are left out. */
export interface Series {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A box with axes and lines. */
export interface Panel {
  readonly title: string;
  /** Of the y axis. */
  readonly unit: string;
  readonly height: number;
  readonly series: readonly Series[];
}

export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  /** Of the x axis that all panels share. */
  readonly xUnit: string;
  /** Below one another. */
  readonly panels: readonly Panel[];
}

const WIDTH = 960;
/** Of the box; to its right is the legend. */
const LEFT = 70;
const RIGHT = 690;
const TOP = 80;
/** Title above, and numbers of the x axis below. */
const BETWEEN = 70;

const INK = "#333333";

/** The chart as an SVG document. */
export const lineChart = ({ title, subtitle, xUnit, panels }: Chart): string => {
  const most = Math.max(...panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([x]) => x))));
  let top = TOP;
  const drawn = panels.map((panel, index) => {
    const box = panelOf(panel, { top, xMost: most, xUnit: index === panels.length - 1 ? xUnit : "" });
    top += panel.height + BETWEEN;
    return box;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" font-family="sans-serif" font-size="13" fill="${INK}">
<rect width="${WIDTH}" height="${top}" fill="#ffffff"/>
${text(LEFT, 26, title, 'font-size="18"')}
${text(LEFT, 46, subtitle)}
${drawn.join("\n")}
</svg>
`;
};

interface Place {
  readonly top: number;
  readonly xMost: number;
  readonly xUnit: string;
}

const panelOf = ({ title, unit, height, series }: Panel, { top, xMost, xUnit }: Place): string => {
  const yMost = Math.max(...series.flatMap(({ points }) => points.map(([, y]) => y).filter(Number.isFinite)));
  const [xTicks, yTicks] = [ticksTo(xMost), ticksTo(yMost)];
  const [xEnd, yEnd] = [xTicks.at(-1) ?? 1, yTicks.at(-1) ?? 1];
  const bottom = top + height;
  const xAt = (x: number): number => LEFT + (x / xEnd) * (RIGHT - LEFT);
  const yAt = (y: number): number => bottom - (y / yEnd) * height;
  const grid = [
    ...yTicks.map((y) => line([LEFT, yAt(y)], [RIGHT, yAt(y)]) + text(LEFT - 8, yAt(y) + 4, label(y), END)),
    ...xTicks.map((x) => line([xAt(x), top], [xAt(x), bottom]) + text(xAt(x), bottom + 18, label(x), MIDDLE)),
  ];
  const lines = series.map(({ color, points }) => {
    const path = points
      .filter(([, y]) => Number.isFinite(y))
      .map(([x, y]) => `${xAt(x).toFixed(1)},${yAt(y).toFixed(1)}`);
    return `<polyline points="${path.join(" ")}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
  });
  const legend = series.map(({ name, color }, index) => {
    const y = top + 8 + index * 20;
    return `<rect x="${RIGHT + 14}" y="${y - 4}" width="18" height="4" fill="${color}"/>${text(RIGHT + 38, y + 3, name)}`;
  });
  return [
    text(LEFT, top - 10, `${title}, ${unit}`),
    ...grid,
    ...lines,
    ...legend,
    text((LEFT + RIGHT) / 2, bottom + 38, xUnit, MIDDLE),
  ].join("\n");
};

const MIDDLE = 'text-anchor="middle"';
const END = 'text-anchor="end"';

const line = ([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#dddddd"/>`;

const text = (x: number, y: number, content: string, more = ""): string => {
  const safe = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${safe}</text>`;
};

const label = (value: number): string => String(Math.round(value * 1_000) / 1_000);

/** From 0 to the first round number at or above the greatest, in four to ten steps. */
const ticksTo = (most: number): readonly number[] => {
  const rough = (most > 0 ? most : 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
};
