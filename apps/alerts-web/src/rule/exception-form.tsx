import type { ExceptionPreview } from "@mozdef/alert-api";
import { type SubmitEvent, useId, useState } from "react";
import { listEventFields } from "../api/event-api.ts";
import { createException, previewException } from "../api/exception-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { readUserName } from "../shared/user-name.ts";
import { dayIn, emptyDraft, type ExceptionDraft, matchOf, previewTexts, requestOf } from "./exception-draft.ts";

interface ExceptionFormProps {
  readonly name: string;
  /** Whether it looks at the events of the service, whose fields can be offered. */
  readonly hasOwnEvents: boolean;
  readonly onMade: () => void;
  readonly onCancel: () => void;
}

/** Has a rule leave events out. How many that would be is shown before. */
export const ExceptionForm = ({ name, hasOwnEvents, onMade, onCancel }: ExceptionFormProps) => {
  const [draft, setDraft] = useState(() => emptyDraft(new Date()));
  const [preview, setPreview] = useState<ExceptionPreview>();
  const [error, setError] = useState<Error>();
  const set = (change: Partial<ExceptionDraft>) => {
    setDraft({ ...draft, ...change });
    setPreview(undefined);
  };
  const attempt = async (work: () => Promise<void>) => {
    try {
      setError(undefined);
      await work();
    } catch (failure) {
      setError(failure as Error);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const by = readUserName();
    void attempt(async () => {
      await createException(name, { ...requestOf(draft), ...(by !== "" && { by }) });
      onMade();
    });
  };
  const look = () => void attempt(async () => setPreview(await previewException(name, matchOf(draft))));
  return (
    <form className="exception-form" aria-label="Leave events out" onSubmit={submit}>
      {error !== undefined && <ErrorNotice error={error} />}
      <MatchFields draft={draft} hasOwnEvents={hasOwnEvents} onChange={set} />
      <EndFields draft={draft} onChange={set} />
      <div className="exception-form__actions">
        <button type="button" onClick={look}>
          Preview
        </button>
        <button type="submit">Leave them out</button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <div role="status">
        {preview !== undefined && previewTexts(preview).map((text, index) => <p key={index}>{text}</p>)}
      </div>
    </form>
  );
};

interface DraftProps {
  readonly draft: ExceptionDraft;
  readonly onChange: (change: Partial<ExceptionDraft>) => void;
}

const MatchFields = ({ draft, hasOwnEvents, onChange }: DraftProps & Pick<ExceptionFormProps, "hasOwnEvents">) => {
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-field`}>Field of the event</label>
        <input
          id={`${id}-field`}
          type="text"
          list={`${id}-fields`}
          placeholder="details.sourceipaddress"
          required
          spellCheck={false}
          autoComplete="off"
          maxLength={256}
          value={draft.field}
          onChange={({ target }) => onChange({ field: target.value })}
        />
        <datalist id={`${id}-fields`}>{hasOwnEvents && <FieldNames />}</datalist>
      </div>
      <div className="field">
        <label htmlFor={`${id}-values`}>Its whole value; of several, one a line</label>
        <textarea
          id={`${id}-values`}
          rows={3}
          required
          spellCheck={false}
          value={draft.values}
          onChange={({ target }) => onChange({ values: target.value })}
        />
      </div>
    </>
  );
};

const FieldNames = () => {
  const { data = [] } = usePolled("fields of events", (signal) => listEventFields("", signal));
  return data.map(({ name }) => <option key={name} value={name} />);
};

const EndFields = ({ draft, onChange }: DraftProps) => {
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-reason`}>Why</label>
        <input
          id={`${id}-reason`}
          type="text"
          required
          maxLength={2_000}
          value={draft.reason}
          onChange={({ target }) => onChange({ reason: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-until`}>Last day (UTC)</label>
        <input
          id={`${id}-until`}
          type="date"
          min={dayIn(0, new Date())}
          max="9999-12-30"
          required={!draft.isForGood}
          disabled={draft.isForGood}
          value={draft.until}
          onChange={({ target }) => onChange({ until: target.value })}
        />
      </div>
      <label className="exception-form__good">
        <input
          type="checkbox"
          checked={draft.isForGood}
          onChange={({ target }) => onChange({ isForGood: target.checked })}
        />{" "}
        for good
      </label>
    </>
  );
};
