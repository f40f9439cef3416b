import type { Alert, Explanation, StoredEvent } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { explainAlert } from "../api/schedule-api.ts";
import { ClauseTable } from "../rule/clause-table.tsx";
import { ExplanationErrors, MoreSearches } from "../rule/explanation-notes.tsx";
import { useAnswer } from "../rule/use-answer.ts";
import { cellOf, timeOf } from "../search/event-cells.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { formatTime, machineTime } from "../shared/format-time.ts";
import { toText } from "../shared/to-text.ts";
import { visible } from "../shared/visible.ts";
import { eventsOf } from "./alert-events.ts";
import { verdictOf } from "./verdict.ts";

/** Events that can be asked about; all of an alert fit the same clauses. */
const MOST_OFFERED = 25;

/** Which clauses of the rule an event of the alert fits, asked when somebody wants to know it: each is a heavy question to the store. */
export const WhyFired = ({ alert: { _source: fields } }: { readonly alert: Alert }) => {
  const id = useId();
  const [place, setPlace] = useState(0);
  const { data, error, busy, ask } = useAnswer<Explanation>();
  const name = toText(fields.classname);
  const events = eventsOf(fields)
    .filter(({ _index, _id }) => _index !== "" && _id !== "")
    .slice(0, MOST_OFFERED);
  const event = events[place];
  if (event === undefined || name === "") return null;
  const explain = () => {
    // As of the alert: for a later window its events are too old.
    const at = machineTime(fields.utctimestamp);
    const about = { event: { index: event._index, id: event._id } };
    ask(() => explainAlert(name, at === undefined ? about : { ...about, at }));
  };
  return (
    <section aria-labelledby="why-title" aria-busy={busy}>
      <h2 id="why-title">Why did it fire?</h2>
      <div className="question">
        <button type="button" aria-disabled={busy} onClick={explain}>
          Explain
        </button>
        {events.length > 1 && (
          <div className="field field--inline why__event">
            <label htmlFor={id}>by the event</label>
            <select id={id} value={place} onChange={({ target }) => setPlace(Number(target.value))}>
              {events.map((one, index) => (
                <option key={index} value={index}>
                  {optionOf(one)}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      <p role="status" className="muted">
        {busy && "Asking the store about each clause…"}
      </p>
      {error !== undefined && <ErrorNotice error={error} />}
      {data !== undefined && <Explained explanation={data} />}
    </section>
  );
};

const LONGEST_OPTION = 80;

const optionOf = (event: StoredEvent): string => {
  const text = cellOf(event, "summary") || cellOf(event, "message");
  return `${formatTime(timeOf(event))} ${text}`.slice(0, LONGEST_OPTION);
};

const Explained = ({ explanation: { searches, errors, moreSearches } }: { readonly explanation: Explanation }) => (
  <>
    <ExplanationErrors errors={errors} />
    {searches.map((search, index) => (
      <div key={index} className="explained">
        <p>
          It looks for {visible(search.looksFor)}. <strong>{verdictOf(search)}</strong>
        </p>
        {search.queries.map((query, place) => (
          <ClauseTable key={place} query={query} />
        ))}
      </div>
    ))}
    <MoreSearches moreSearches={moreSearches} />
  </>
);
