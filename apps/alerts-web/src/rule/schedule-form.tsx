import type { ScheduleDetails, ScheduleInput } from "@mozdef/alert-api";
import { type SubmitEvent, useId, useState } from "react";
import { CRON_FIELDS, draftOf, inputOf, type ScheduleDraft, type Unit, UNITS } from "./schedule-draft.ts";
import { SlotList } from "./slot-list.tsx";
import { type Preview, usePreview } from "./use-preview.ts";

interface ScheduleFormProps {
  readonly fields: ScheduleDetails["fields"];
  /** Whether there is a schedule to go back to. */
  readonly isChanged: boolean;
  /** @param change - `schedule: null` goes back; an empty reason: nobody says why. */
  readonly onSave: (change: { readonly schedule: ScheduleInput | null; readonly reason: string }) => void;
  readonly onCancel: () => void;
}

/** Another schedule for a rule, whose slots are seen before it is saved. */
export const ScheduleForm = ({ fields, isChanged, onSave, onCancel }: ScheduleFormProps) => {
  const [draft, setDraft] = useState(() => draftOf(fields));
  const [reason, setReason] = useState("");
  const preview = usePreview(inputOf(draft));
  const set = (change: Partial<ScheduleDraft>) => setDraft({ ...draft, ...change });
  const isReady = preview.current && preview.error === undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isReady) onSave({ schedule: inputOf(draft), reason: reason.trim() });
  };
  return (
    <form className="schedule-form" aria-label="Change the schedule" onSubmit={submit}>
      <KindChoice kind={draft.kind} onChange={(kind) => set({ kind })} />
      {draft.kind === "interval" ? (
        <IntervalFields draft={draft} onChange={set} />
      ) : (
        <CronFields draft={draft} onChange={set} />
      )}
      <PreviewOf preview={preview} />
      <TextField label="Why (optional)" value={reason} most={1_000} onChange={setReason} />
      <div className="schedule-form__actions">
        <button type="submit" aria-disabled={!isReady}>
          Save the schedule
        </button>
        {isChanged && (
          <button type="button" onClick={() => onSave({ schedule: null, reason: reason.trim() })}>
            Back to its own schedule
          </button>
        )}
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
};

interface KindChoiceProps {
  readonly kind: ScheduleDraft["kind"];
  readonly onChange: (kind: ScheduleDraft["kind"]) => void;
}

const KindChoice = ({ kind, onChange }: KindChoiceProps) => {
  const name = useId();
  return (
    <fieldset className="schedule-form__kind">
      <legend>Runs</legend>
      {(["crontab", "interval"] as const).map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={kind === one} onChange={() => onChange(one)} />{" "}
          {one === "crontab" ? "by the clock" : "at an interval"}
        </label>
      ))}
    </fieldset>
  );
};

interface DraftProps {
  readonly draft: ScheduleDraft;
  readonly onChange: (change: Partial<ScheduleDraft>) => void;
}

const CronFields = ({ draft, onChange }: DraftProps) => {
  const zones = useId();
  return (
    <div className="schedule-form__fields">
      {CRON_FIELDS.map(([key, label]) => (
        <TextField
          key={key}
          label={label}
          value={draft[key]}
          most={256}
          onChange={(value) => onChange({ [key]: value })}
        />
      ))}
      <TextField
        label="Time zone"
        value={draft.timezone}
        most={64}
        list={zones}
        onChange={(timezone) => onChange({ timezone })}
      />
      <datalist id={zones}>
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
};

const IntervalFields = ({ draft, onChange }: DraftProps) => {
  const id = useId();
  return (
    <div className="schedule-form__fields">
      <TextField label="Every" value={draft.amount} most={12} onChange={(amount) => onChange({ amount })} />
      <div className="field">
        <label htmlFor={id}>Unit</label>
        <select id={id} value={draft.unit} onChange={(event) => onChange({ unit: event.target.value as Unit })}>
          {UNITS.map((unit) => (
            <option key={unit}>{unit}</option>
          ))}
        </select>
      </div>
    </div>
  );
};

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** Characters. */
  readonly most: number;
  /** Of suggestions. Default: there are none. */
  readonly list?: string;
  readonly onChange: (value: string) => void;
}

const TextField = ({ label, value, most, list, onChange }: TextFieldProps) => {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        spellCheck={false}
        autoComplete="off"
        maxLength={most}
        list={list}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
};

const PreviewOf = ({ preview: { found, error } }: { readonly preview: Preview }) => (
  <div role="status" className="schedule-form__preview">
    {error !== undefined && <p className="schedules__error">{error.message}</p>}
    {error === undefined && found !== undefined && (
      <SlotList title={`Would run at (${found.schedule})`} slots={found.upcoming} />
    )}
  </div>
);
