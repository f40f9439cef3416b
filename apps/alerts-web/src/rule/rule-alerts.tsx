import { listAlerts } from "../api/alert-api.ts";
import { detailsAddress, listAddress } from "../routing/route.ts";
import { Link } from "../shared/link.tsx";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";

const REFRESH_MS = 10_000;

/** The newest that are shown here; the list has all. */
const MOST_SHOWN = 5;

interface RuleAlertsProps {
  readonly name: string;
  /** Another one when something has changed. */
  readonly version: number;
}

/** Alerts of the rule that nobody has closed. */
export const RuleAlerts = ({ name, version }: RuleAlertsProps) => {
  const query = new URLSearchParams({ classname: name, open: "true" }).toString();
  const { data } = usePolled(
    `${name} ${version}`,
    (signal) => listAlerts(`${query}&size=${MOST_SHOWN}`, signal),
    REFRESH_MS,
  );
  if (data === undefined) return null;
  return (
    <section aria-labelledby="alerts-title">
      <h2 id="alerts-title">Open alerts ({data.total})</h2>
      <ul className="rule-alerts">
        {data.alerts.map(({ _id, _source }) => (
          <li key={_id}>
            <SeverityBadge severity={_source.severity} /> <Timestamp value={_source.utctimestamp} />{" "}
            <Link href={detailsAddress(_id)}>{visible(toText(_source.summary)).slice(0, LONGEST_SUMMARY)}</Link>
          </li>
        ))}
      </ul>
      <p>
        <Link href={listAddress(`?${query}`)}>
          {data.total === 0 ? "No open alert; look at the list" : "All open alerts"}
        </Link>
      </p>
    </section>
  );
};

const LONGEST_SUMMARY = 300;
