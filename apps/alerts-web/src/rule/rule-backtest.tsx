import type { Backtest } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { backtestAlert } from "../api/schedule-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { useAnswer } from "./use-answer.ts";
import { BacktestResult } from "./backtest-result.tsx";

const SPANS = [
  { hours: 1, label: "the last hour" },
  { hours: 6, label: "the last 6 hours" },
  { hours: 24, label: "the last day" },
  { hours: 168, label: "the last week" },
] as const;

/** What the rule would have made of the time before now, had it looked at it anew. */
export const RuleBacktest = ({ name }: { readonly name: string }) => {
  const id = useId();
  const [hours, setHours] = useState(24);
  const { data, error, busy, ask } = useAnswer<Backtest>();
  const run = () => {
    const from = new Date(Date.now() - hours * 3_600_000).toISOString();
    ask(() => backtestAlert(name, { from }));
  };
  return (
    <section aria-labelledby="backtest-title" aria-busy={busy}>
      <h2 id="backtest-title">What would it have found?</h2>
      <p className="muted">
        It runs at each of its slots once more and stores nothing. What has alerted before counts as new.
      </p>
      <div className="question">
        <div className="field field--inline">
          <label htmlFor={id}>Run it over</label>
          <select id={id} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {SPANS.map((span) => (
              <option key={span.hours} value={span.hours}>
                {span.label}
              </option>
            ))}
          </select>
        </div>
        <button type="button" aria-disabled={busy} onClick={run}>
          Backtest
        </button>
      </div>
      <p role="status" className="muted">
        {busy && "Running it, for at most 20 seconds…"}
      </p>
      {error !== undefined && <ErrorNotice error={error} />}
      {data !== undefined && <BacktestResult backtest={data} />}
    </section>
  );
};
