import type { Explanation } from "@mozdef/alert-api";
import { type SubmitEvent, useId, useState } from "react";
import { explainAlert } from "../api/schedule-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { ExplanationErrors, MoreSearches } from "./explanation-notes.tsx";
import { ExplainedSearch } from "./explained-search.tsx";
import { useAnswer } from "./use-answer.ts";

/** Why the rule is silent on the events as they are now, of all of them or of one. */
export const RuleExplain = ({ name }: { readonly name: string }) => {
  const { data, error, busy, ask } = useAnswer<Explanation>();
  return (
    <section aria-labelledby="explain-title" aria-busy={busy}>
      <h2 id="explain-title">Why is it silent?</h2>
      <div className="question">
        <button type="button" aria-disabled={busy} onClick={() => ask(() => explainAlert(name, {}))}>
          Look at all events
        </button>
        <EventForm onAsk={(event) => ask(() => explainAlert(name, { event }))} />
      </div>
      <p role="status" className="muted">
        {busy && "Asking the store about each clause…"}
      </p>
      {error !== undefined && <ErrorNotice error={error} />}
      {data !== undefined && (
        <Answered explanation={data} onAsk={(event) => ask(() => explainAlert(name, { event }))} />
      )}
    </section>
  );
};

interface EventAddress {
  readonly index: string;
  readonly id: string;
}

/** `index/id`, as near misses and the raw view of events show it. */
const EventForm = ({ onAsk }: { readonly onAsk: (event: EventAddress) => void }) => {
  const field = useId();
  const [address, setAddress] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const [, index = "", id = ""] = /^\s*([^/\s]+)\/(\S+)\s*$/.exec(address) ?? [];
    if (id !== "") onAsk({ index, id });
  };
  return (
    <form className="question" onSubmit={submit}>
      <div className="field field--inline">
        <label htmlFor={field}>or at one event</label>
        <input
          id={field}
          type="text"
          placeholder="index/id"
          pattern="\s*[^\/\s]+\/\S+\s*"
          title="The index and the id of an event with a slash between them"
          required
          spellCheck={false}
          autoComplete="off"
          maxLength={800}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </div>
      <button type="submit">Look at it</button>
    </form>
  );
};

interface AnsweredProps {
  readonly explanation: Explanation;
  readonly onAsk: (event: EventAddress) => void;
}

const Answered = ({ explanation: { at, searches, moreSearches, errors }, onAsk }: AnsweredProps) => (
  <>
    <p>
      As of <Timestamp value={at} />:
    </p>
    <ExplanationErrors errors={errors} />
    {searches.map((search, index) => (
      <ExplainedSearch key={index} search={search} onAsk={onAsk} />
    ))}
    <MoreSearches moreSearches={moreSearches} />
  </>
);
