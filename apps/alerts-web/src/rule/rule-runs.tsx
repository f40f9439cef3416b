import { listRuns } from "../api/schedule-api.ts";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { legendOf, type StripCell, stripOf } from "./run-strip.ts";

const REFRESH_MS = 5_000;

/** As many as have room on a wide page. */
const MOST_RUNS = 80;

interface RuleRunsProps {
  readonly name: string;
  /** Another one when something has changed. */
  readonly version: number;
}

/** The last runs as a strip, the newest on the right, and why the last one failed that did. */
export const RuleRuns = ({ name, version }: RuleRunsProps) => {
  const { data } = usePolled(`${name} ${version}`, (signal) => listRuns(name, MOST_RUNS, signal), REFRESH_MS);
  if (data === undefined) return null;
  const cells = stripOf(data, MOST_RUNS);
  const failure = cells.findLast(({ kind }) => kind === "failed");
  return (
    <section aria-labelledby="runs-title">
      <h2 id="runs-title">Runs</h2>
      {cells.length === 0 ? <p>It has never run.</p> : <Strip cells={cells} />}
      {failure !== undefined && (
        <p>
          Last failure: <span className="schedules__error">{visible(failure.text)}</span>
        </p>
      )}
    </section>
  );
};

/** Each kind has a sign of its own: colours alone say nothing to many. */
const SIGNS: Readonly<Record<StripCell["kind"], string>> = { ran: "·", alerted: "!", failed: "×", gap: "?" };

const Strip = ({ cells }: { readonly cells: readonly StripCell[] }) => (
  <>
    <ol className="strip" aria-label="The last runs, oldest first">
      {cells.map(({ key, kind, text }) => (
        <li key={key} className={`strip__cell strip__cell--${kind}`} title={visible(text)}>
          <span aria-hidden="true">{SIGNS[kind]}</span>
          <span className="visually-hidden">{visible(text)}</span>
        </li>
      ))}
    </ol>
    <ul className="strip-legend" aria-label="What the signs mean">
      {legendOf(cells).map(({ kind, text }) => (
        <li key={kind}>
          <span className={`strip__cell strip__cell--${kind}`} aria-hidden="true">
            {SIGNS[kind]}
          </span>{" "}
          {text}
        </li>
      ))}
      <li className="muted">newest on the right</li>
    </ul>
  </>
);
