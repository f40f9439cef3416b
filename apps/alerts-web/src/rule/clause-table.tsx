import type { Explanation } from "@mozdef/alert-api";
import { formatTime, zonedTime } from "../shared/format-time.ts";
import { visible } from "../shared/visible.ts";

type Query = Explanation["searches"][number]["queries"][number];
type Clause = Query["clauses"][number];

/** What each clause of a query does to the events, or to the one event. */
export const ClauseTable = ({ query }: { readonly query: Query }) => {
  const { label, looked, matching, clauses } = query;
  return (
    <>
      <p>
        {label !== "" && `${visible(label)}: `}
        {matching} of {looked} {looked === 1 ? "event" : "events"} in {query.indices.join(", ")} fit
        {query.window !== null && `, looked at from ${formatTime(query.window.from)} to ${zonedTime(query.window.to)}`}.
      </p>
      <table className="table clauses" role="table" aria-label={`Clauses${label === "" ? "" : ` of ${label}`}`}>
        <thead role="rowgroup">
          <tr role="row">
            {["Clause", "Fit it", "Only it keeps out", "Why"].map((name) => (
              <th key={name} role="columnheader" scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {clauses.map((clause, index) => (
            <ClauseRow key={index} clause={clause} />
          ))}
        </tbody>
      </table>
    </>
  );
};

const ClauseRow = ({ clause: { depth, part, text, passes, losesAlone, reason } }: { readonly clause: Clause }) => (
  <tr role="row">
    <td role="cell">
      <code className={`clauses__text clauses__text--${Math.min(depth, 3)}`}>{visible(text)}</code>
      {part === "runtime" && <span className="muted"> added to every search</span>}
    </td>
    <td role="cell" data-label="Fit it">
      {passes}
    </td>
    <td role="cell" data-label="Only it keeps out" className={losesAlone > 0 ? "failed" : undefined}>
      {losesAlone}
    </td>
    <td role="cell" data-label="Why">
      {reason === null ? "–" : visible(reason)}
    </td>
  </tr>
);
