import type { Silence, SilencePreview } from "@mozdef/alert-api";
import { type SubmitEvent, useId, useState } from "react";
import { createSilence, previewSilence } from "../api/silence-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { readUserName } from "../shared/user-name.ts";
import { visible } from "../shared/visible.ts";
import { DEFAULT_LENGTH_MS, endOf } from "./lengths.ts";
import { formatMatch, parseMatch } from "./match-lines.ts";
import { LengthField, ReasonField } from "./silence-fields.tsx";

interface SilenceFormProps {
  /** What it matches at first. */
  readonly match: Silence["match"];
  readonly onMade: (silence: Silence) => void;
}

/** Mutes alerts for a time. What it would mute is shown before. */
export const SilenceForm = ({ match, onMade }: SilenceFormProps) => {
  const id = useId();
  const [text, setText] = useState(formatMatch(match));
  const [lengthMs, setLengthMs] = useState(DEFAULT_LENGTH_MS);
  const [reason, setReason] = useState("");
  const [preview, setPreview] = useState<SilencePreview>();
  const [error, setError] = useState<Error>();

  const attempt = async (work: (wanted: Silence["match"]) => Promise<void>) => {
    try {
      setError(undefined);
      await work(parseMatch(text));
    } catch (failure) {
      setError(failure as Error);
    }
  };
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const by = readUserName();
    void attempt(async (wanted) => {
      onMade(await createSilence({ match: wanted, until: endOf(lengthMs), reason, ...(by !== "" && { by }) }));
      setPreview(undefined);
      setReason("");
    });
  };
  return (
    <form className="silence-form" onSubmit={make}>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className="field">
        <label htmlFor={`${id}-match`}>Alerts with all of these, one a line</label>
        <textarea
          id={`${id}-match`}
          rows={3}
          spellCheck={false}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setPreview(undefined);
          }}
        />
      </div>
      <LengthField label="For" value={lengthMs} onChange={setLengthMs} />
      <ReasonField label="Why" value={reason} onChange={setReason} />
      <div className="silence-form__actions">
        <button type="button" onClick={() => void attempt(async (wanted) => setPreview(await previewSilence(wanted)))}>
          Preview
        </button>
        <button type="submit">Silence</button>
      </div>
      <p role="status">{preview !== undefined && sentenceOf(preview)}</p>
    </form>
  );
};

const sentenceOf = ({ looked, muted, names }: SilencePreview): string => {
  const first = names
    .slice(0, 5)
    .map(({ name, count }) => `${visible(name)} (${count})`)
    .join(", ");
  return `Would mute ${muted} of the ${looked} open alerts of the last day${muted > 0 ? `: ${first}` : ""}.`;
};
