import type { AlertListItem } from "@mozdef/alert-api";
import { type SubmitEvent, useId, useState } from "react";
import { createSilence } from "../api/silence-api.ts";
import { DEFAULT_LENGTH_MS, endOf, LENGTHS } from "../silences/lengths.ts";
import { rulesOf } from "./rules-of.ts";
import { readUserName } from "../shared/user-name.ts";

interface MuteRulesProps {
  readonly alerts: readonly AlertListItem[];
  readonly onDone: () => void;
  readonly onError: (error: Error) => void;
}

/** Mutes the rules of the chosen alerts for a time: a silence for each, which ends by itself. */
export const MuteRules = ({ alerts, onDone, onError }: MuteRulesProps) => {
  const id = useId();
  const [lengthMs, setLengthMs] = useState(DEFAULT_LENGTH_MS);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const rules = rulesOf(alerts);
  const mute = async (): Promise<void> => {
    const by = readUserName();
    const until = endOf(lengthMs);
    for (const name of rules) await createSilence({ match: { name }, until, reason, ...(by !== "" && { by }) });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    mute()
      .then(onDone, onError)
      .finally(() => setBusy(false));
  };
  return (
    <form className="bulk__mute" onSubmit={submit}>
      <div className="field field--inline">
        <label htmlFor={`${id}-length`}>Mute for</label>
        <select id={`${id}-length`} value={lengthMs} onChange={({ target }) => setLengthMs(Number(target.value))}>
          {LENGTHS.map(([ms, label]) => (
            <option key={ms} value={ms}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div className="field field--inline">
        <label htmlFor={`${id}-reason`}>Why</label>
        <input
          id={`${id}-reason`}
          type="text"
          required
          maxLength={2_000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <button type="submit" aria-disabled={busy} title={rules.join(", ")}>
        Mute {rules.length === 1 ? "its rule" : `${rules.length} rules`}
      </button>
    </form>
  );
};
