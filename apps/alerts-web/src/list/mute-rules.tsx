import type { AlertListItem } from "@mozdef/alert-api";
import { type SubmitEvent, useState } from "react";
import { createSilence } from "../api/silence-api.ts";
import { DEFAULT_LENGTH_MS, endOf } from "../silences/lengths.ts";
import { LengthField, ReasonField } from "../silences/silence-fields.tsx";
import { rulesOf } from "./rules-of.ts";
import { readUserName } from "../shared/user-name.ts";

interface MuteRulesProps {
  readonly alerts: readonly AlertListItem[];
  readonly onDone: () => void;
  readonly onError: (error: Error) => void;
}

/** Mutes the rules of the chosen alerts for a time: a silence for each, which ends by itself. */
export const MuteRules = ({ alerts, onDone, onError }: MuteRulesProps) => {
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
      <LengthField label="Mute for" value={lengthMs} onChange={setLengthMs} isInline />
      <ReasonField label="Why" value={reason} onChange={setReason} isInline />
      <button type="submit" aria-disabled={busy} title={rules.join(", ")}>
        Mute {rules.length === 1 ? "its rule" : `${rules.length} rules`}
      </button>
    </form>
  );
};
