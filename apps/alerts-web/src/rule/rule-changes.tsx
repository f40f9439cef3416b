import { type ChangeOfSchedule, listChanges } from "../api/schedule-api.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";

const MOST_SHOWN = 50;

interface RuleChangesProps {
  readonly name: string;
  /** Another one when something has changed. */
  readonly version: number;
}

/** Who has changed the rule, when, how and why. */
export const RuleChanges = ({ name, version }: RuleChangesProps) => {
  const { data } = usePolled(`${name} ${version}`, (signal) => listChanges(name, signal));
  if (data === undefined) return null;
  return (
    <section aria-labelledby="changes-title">
      <h2 id="changes-title">Changes ({data.length})</h2>
      {data.length === 0 && <p>Nobody has changed it. It goes by the configuration and its pack.</p>}
      <ol className="history" reversed>
        {data.slice(0, MOST_SHOWN).map((change, index) => (
          <li key={data.length - index}>
            <Timestamp value={change.at} /> {visible(change.by)} {changeText(change)}
            {change.reason !== undefined && <>: {visible(change.reason)}</>}
          </li>
        ))}
      </ol>
      {data.length > MOST_SHOWN && <p className="muted">The newest {MOST_SHOWN} are shown; the API has all.</p>}
    </section>
  );
};

/** What was done, after who did it. */
export const changeText = ({ enabled, schedule, release }: ChangeOfSchedule): string =>
  [
    ...(enabled === undefined ? [] : [enabled ? "enabled it" : "disabled it"]),
    ...(schedule === undefined
      ? []
      : [schedule === null ? "took its own schedule back" : `set the schedule ${schedule}`]),
    ...(release === true ? ["let it run again"] : []),
  ].join(", ");
