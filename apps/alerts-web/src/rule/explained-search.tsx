import type { Explanation } from "@mozdef/alert-api";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";
import { ClauseTable } from "./clause-table.tsx";

type Search = Explanation["searches"][number];

interface ExplainedSearchProps {
  readonly search: Search;
  /** Looks at one event more closely. */
  readonly onAsk: (event: { readonly index: string; readonly id: string }) => void;
}

/** One search of a rule: whether it fires, what each clause does, and what is nearest to firing. */
export const ExplainedSearch = ({ search, onAsk }: ExplainedSearchProps) => {
  const { looksFor, fires, silence, alreadyAlerted, queries, groups, nearMisses } = search;
  return (
    <div className="explained">
      <p>
        It looks for {visible(looksFor)}.{" "}
        <strong>{fires ? "It fires." : `It is silent: ${visible(silence ?? "")}.`}</strong>{" "}
        {alreadyAlerted > 0 && `${counted(alreadyAlerted, "event")} would match, had it not alerted on them before.`}
      </p>
      {queries.map((query, index) => (
        <ClauseTable key={index} query={query} />
      ))}
      {groups !== null && groups.nearest.length > 0 && <Groups groups={groups} />}
      {nearMisses.length > 0 && <NearMisses misses={nearMisses} onAsk={onAsk} />}
    </div>
  );
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const Groups = ({ groups: { fields, nearest } }: { readonly groups: NonNullable<Search["groups"]> }) => (
  <>
    <h3>The nearest groups{fields.length > 0 && ` by ${fields.join(", ")}`}</h3>
    <ul className="explained__list">
      {nearest.map(({ value, text, fires, lost }) => (
        <li key={value}>
          <code>{value === "" ? "all events" : visible(value)}</code>: {visible(text)}
          {fires && ", fires"}
          {lost.map(({ clause, count }) => (
            <div key={clause} className="muted">
              {counted(count, "further event")} kept out by <code>{visible(clause)}</code> alone
            </div>
          ))}
        </li>
      ))}
    </ul>
  </>
);

interface NearMissesProps {
  readonly misses: Search["nearMisses"];
  readonly onAsk: ExplainedSearchProps["onAsk"];
}

const NearMisses = ({ misses, onAsk }: NearMissesProps) => (
  <>
    <h3>The newest events that nearly fit</h3>
    <ul className="explained__list">
      {misses.map(({ index, id, time, summary, failing }) => (
        <li key={`${index}/${id}`}>
          <p>
            {time !== null && <Timestamp value={time} />} {visible(summary ?? "no summary")}
          </p>
          {failing.map(({ text, reason }) => (
            <p key={text} className="schedules__error">
              <code>{visible(text)}</code> {reason !== null && visible(reason)}
            </p>
          ))}
          <p className="muted">
            <code>{visible(`${index}/${id}`)}</code>{" "}
            <button type="button" aria-label={`Look at it closer: ${visible(id)}`} onClick={() => onAsk({ index, id })}>
              Look at it closer
            </button>
          </p>
        </li>
      ))}
    </ul>
  </>
);
