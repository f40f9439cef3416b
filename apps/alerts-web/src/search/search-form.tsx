import type { EventField, EventSource } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { periods } from "../list/filters.ts";
import { TimeFilter } from "../list/time-filter.tsx";
import { withZone } from "../shared/time-zone.ts";
import { visible } from "../shared/visible.ts";
import { QueryInput } from "./query-input.tsx";
import type { SearchState } from "./search-state.ts";

interface SearchFormProps {
  readonly state: SearchState;
  readonly sources: readonly EventSource[];
  /** Of the source that is searched. */
  readonly fields: readonly EventField[];
  /** What is asked for now: completion counts values among these events. */
  readonly query: string;
  readonly onChange: (part: Partial<SearchState>) => void;
}

/** What to look for, where, and when. */
export const SearchForm = ({ state, sources, fields, query, onChange }: SearchFormProps) => {
  const id = useId();
  const [draft, setDraft] = useState(state.text);
  const [seen, setSeen] = useState(state.text);
  if (seen !== state.text) {
    // The address changed from elsewhere: a value was chosen, or "back".
    setSeen(state.text);
    setDraft(state.text);
  }
  return (
    <form
      className="search-form"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ text: draft.trim() });
      }}
    >
      <QueryInput value={draft} fields={fields} query={query} onChange={setDraft} />
      <div className="search-form__more">
        {sources.length > 1 && (
          <div className="field">
            <label htmlFor={`${id}source`}>Source</label>
            <select
              id={`${id}source`}
              value={state.source}
              onChange={({ target }) => onChange({ source: target.value })}
            >
              {sources.map(({ name }) => (
                <option key={name ?? ""} value={name ?? ""}>
                  {name === null ? "Events of this service" : visible(name)}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}period`}>Period</label>
          <select
            id={`${id}period`}
            value={state.period}
            disabled={state.since !== "" || state.until !== ""}
            onChange={({ target }) => onChange({ period: target.value })}
          >
            {periods.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <TimeFilter label={withZone("From")} value={state.since} onChange={(since) => onChange({ since })} />
        <TimeFilter label={withZone("Until")} value={state.until} onChange={(until) => onChange({ until })} />
        <button type="submit">Search</button>
      </div>
      {state.id.length > 0 && (
        <button type="button" className="chip" onClick={() => onChange({ id: [] })}>
          {state.id.length === 1
            ? `One event: ${visible(state.id[0] ?? "")}`
            : `${state.id.length} events by their ids`}{" "}
          <span aria-hidden="true">×</span>
          <span className="visually-hidden">: show others, too</span>
        </button>
      )}
    </form>
  );
};
