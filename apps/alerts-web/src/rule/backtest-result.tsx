import type { Backtest } from "@mozdef/alert-api";
import { formatTime } from "../shared/format-time.ts";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";
import { backtestText, barsOf } from "./backtest-text.ts";

/** What came of a backtest: alerts an hour as bars, the newest of them, and what failed. */
export const BacktestResult = ({ backtest }: { readonly backtest: Backtest }) => (
  <>
    {backtestText(backtest).map((text) => (
      <p key={text}>{text}</p>
    ))}
    <Bars hours={backtest.hours} />
    {backtest.errors.map(({ message, place }) => (
      <p key={message} className="schedules__error">
        {visible(message)} {place !== undefined && `(${place})`}
      </p>
    ))}
    {backtest.samples.length > 0 && (
      <>
        <h3>The newest alerts</h3>
        <ul className="rule-alerts">
          {backtest.samples.map(({ slot, severity, summary }, index) => (
            <li key={index}>
              <SeverityBadge severity={severity} /> <Timestamp value={slot} /> {visible(summary)}
            </li>
          ))}
        </ul>
      </>
    )}
  </>
);

/** Drawn in these units, then stretched to the page. */
const WIDTH = 1_000;
const HEIGHT = 80;

const Bars = ({ hours }: Pick<Backtest, "hours">) => {
  const width = WIDTH / Math.max(1, hours.length);
  return (
    <figure className="histogram backtest">
      <svg
        className="histogram__bars"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Alerts an hour; the table below has the numbers"
      >
        {barsOf(hours).map(({ from, height, alerts, failed }, index) => (
          <rect
            key={from}
            className={`backtest__bar${failed > 0 ? " backtest__bar--failed" : ""}`}
            {...{ x: index * width, y: HEIGHT * (1 - height), width: width * 0.9, height: HEIGHT * height }}
          >
            <title>{`${formatTime(from)} UTC: ${alerts} alerts`}</title>
          </rect>
        ))}
      </svg>
      <figcaption>
        <span>{formatTime(hours[0]?.from)} UTC</span>
        <span>an hour a bar</span>
        <span>{formatTime(hours.at(-1)?.from)} UTC</span>
      </figcaption>
      <HourTable hours={hours} />
    </figure>
  );
};

const HourTable = ({ hours }: Pick<Backtest, "hours">) => (
  <details>
    <summary>Alerts an hour, as a table</summary>
    <table className="table" role="table" aria-label="Alerts an hour">
      <thead role="rowgroup">
        <tr role="row">
          {["Hour", "Slots", "Alerts", "Failed"].map((name) => (
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {hours.map(({ from, slots, alerts, failed }) => (
          <tr key={from} role="row">
            <td role="cell">
              <Timestamp value={from} />
            </td>
            <td role="cell" data-label="Slots">
              {slots}
            </td>
            <td role="cell" data-label="Alerts">
              {alerts}
            </td>
            <td role="cell" data-label="Failed" className={failed > 0 ? "failed" : undefined}>
              {failed}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);
