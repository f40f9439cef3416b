import type { RelatedEntity } from "@mozdef/alert-api";
import { listAlerts } from "../api/alert-api.ts";
import { formatFilters, noFilters } from "../list/filters.ts";
import { detailsAddress, listAddress } from "../routing/route.ts";
import { formatCount } from "../shared/format-number.ts";
import { Link } from "../shared/link.tsx";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { statusLabel } from "../shared/status.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { cut } from "./cut.ts";
import { sharedEntities } from "./shared-entities.ts";

/** The newest that are shown here; the list has all. */
const MOST_SHOWN = 10;
const LONGEST_SUMMARY = 160;

interface RelatedAlertsProps {
  readonly id: string;
  readonly entities: readonly RelatedEntity[];
}

/** The newest other alerts about an address, user or host of this one. */
export const RelatedAlerts = ({ id, entities }: RelatedAlertsProps) => {
  const entity = sharedEntities(entities);
  const query = new URLSearchParams(entity.map((value) => ["entity", value]));
  const { data } = usePolled(query.toString(), async (signal) =>
    // One more, since the alert itself is among them.
    entity.length === 0 ? null : listAlerts(`${query.toString()}&size=${MOST_SHOWN + 1}`, signal),
  );
  if (data === undefined || data === null) return null;
  const others = data.alerts.filter(({ _id }) => _id !== id).slice(0, MOST_SHOWN);
  return (
    <section aria-labelledby="related-title">
      <h2 id="related-title">Related alerts ({formatCount(Math.max(others.length, data.total - 1))})</h2>
      {others.length === 0 ? (
        <p>No other alert is about {listOf(entity)}.</p>
      ) : (
        <>
          <ul className="related">
            {others.map(({ _id, _source: { severity, utctimestamp, status, summary } }) => (
              <li key={_id}>
                <SeverityBadge severity={severity} /> <Timestamp value={utctimestamp} /> {statusLabel(status)}{" "}
                <Link href={detailsAddress(_id)}>{shortened(toText(summary)) || "(no summary)"}</Link>
              </li>
            ))}
          </ul>
          <p>
            <Link href={listAddress(formatFilters({ ...noFilters, entity }))}>All alerts about {listOf(entity)}</Link>
          </p>
        </>
      )}
    </section>
  );
};

const shortened = (text: string): string => cut(text, LONGEST_SUMMARY) ?? text;

const MOST_NAMED = 3;

/** `ann, web1 or 2 more` */
const listOf = (values: readonly string[]): string => {
  const named = values.slice(0, MOST_NAMED).map(visible);
  const rest = values.length - named.length;
  const last = rest > 0 ? `${rest} more` : (named.pop() ?? "");
  return named.length === 0 ? last : `${named.join(", ")} or ${last}`;
};
