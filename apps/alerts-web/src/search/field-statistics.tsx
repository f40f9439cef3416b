import type { EventField, FieldValues } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { countFieldValues } from "../api/event-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { clauseOf, narrowed } from "./query-text.ts";
import type { SearchState } from "./search-state.ts";
import { valuesQuery } from "./use-suggestions.ts";

interface ValuesProps {
  readonly state: SearchState;
  readonly query: string;
  readonly onChange: (part: Partial<SearchState>) => void;
}

interface FieldStatisticsProps extends ValuesProps {
  readonly fields: readonly EventField[];
  /** Why there are none. */
  readonly error: Error | undefined;
}

const MOST_FIELDS = 30;

/** The fields that events have, and the most frequent values of one of them. */
export const FieldStatistics = ({ fields, error, state, query, onChange }: FieldStatisticsProps) => {
  const id = useId();
  const [part, setPart] = useState("");
  const { field } = state;
  const fitting = fields.filter(({ name }) => name.toLowerCase().includes(part.trim().toLowerCase()));
  return (
    <section className="panel search__fields" aria-labelledby={`${id}title`}>
      <h2 id={`${id}title`}>Fields</h2>
      {error !== undefined && <ErrorNotice error={error} />}
      {field !== "" && <Values {...{ state, query, onChange }} />}
      <div className="field">
        <label htmlFor={id}>Find a field</label>
        <input id={id} type="search" value={part} onChange={({ target }) => setPart(target.value)} />
      </div>
      <ul className="field-names">
        {fitting.slice(0, MOST_FIELDS).map(({ name, types }) => (
          <li key={name}>
            <button
              type="button"
              className="field-name"
              aria-pressed={name === field}
              title={types.join(", ")}
              onClick={() => onChange({ field: name === field ? "" : name })}
            >
              {visible(name)}
            </button>
          </li>
        ))}
      </ul>
      {fitting.length > MOST_FIELDS && (
        <p className="muted">
          {MOST_FIELDS} of {fitting.length} fields: type a part of the name.
        </p>
      )}
    </section>
  );
};

const Values = ({ state, query, onChange }: ValuesProps) => {
  const { field } = state;
  const search = valuesQuery(field, query);
  const { data, error, current } = usePolled(search, (signal) => countFieldValues(search, signal));
  const narrow = (value: string, isWithout: boolean) =>
    onChange({ text: narrowed(state.text, clauseOf(field, value), isWithout) });
  return (
    <div className="field-values" aria-live="polite">
      <h3>{visible(field)}</h3>
      {error !== undefined && <ErrorNotice error={error} />}
      {data === undefined && error === undefined && <p>Loading…</p>}
      {data !== undefined && error === undefined && (
        <div className={current ? undefined : "outdated"}>
          <p className="muted">
            In {data.having} of {data.total} events
          </p>
          <ol>
            {data.values.map(({ value, count }) => (
              <li key={value} className="field-value">
                <span className="field-value__text">{value === "" ? "(empty)" : visible(value)}</span>
                <span className="field-value__count">
                  {count} <span className="muted">{shareOf(count, data)}</span>
                </span>
                <meter max={data.total} value={count} aria-label={`${count} of ${data.total} events`} />
                <span className="field-value__actions">
                  <button type="button" onClick={() => narrow(value, false)} aria-label={`Only ${visible(value)}`}>
                    Only
                  </button>
                  <button type="button" onClick={() => narrow(value, true)} aria-label={`Without ${visible(value)}`}>
                    Without
                  </button>
                </span>
              </li>
            ))}
          </ol>
          {data.other > 0 && <p className="muted">Further values: {data.other}</p>}
        </div>
      )}
    </div>
  );
};

const shareOf = (count: number, { total }: FieldValues): string =>
  total === 0 ? "" : `${Math.round((1_000 * count) / total) / 10} %`;
