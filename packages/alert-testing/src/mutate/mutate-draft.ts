import type { AlertDraft } from "@mozdef/alert";
import { SEVERITIES } from "@mozdef/alert/runtime";
import { shown } from "../compare/differences.ts";
import type { Mutant } from "./mutant/mutant.ts";

type Key = keyof AlertDraft;

/** What another value looks like; undefined: nothing to change. */
const CHANGES: { readonly [K in Key]-?: (value: NonNullable<AlertDraft[K]>) => unknown } = {
  summary: (summary) => `${summary} (mutated)`,
  category: (category) => `${category}-mutated`,
  tags: (tags) => (tags.length === 0 ? ["mutated"] : []),
  severity: (severity) => SEVERITIES[(SEVERITIES.indexOf(severity as never) + 1) % SEVERITIES.length],
  events: (events) => (events.length === 0 ? undefined : []),
  url: (url) => (url === "" ? undefined : `${url}/mutated`),
  channel: (channel) => `${channel}-mutated`,
  notify_mozdefbot: (notify) => !notify,
  details: () => ({ mutated: true }),
  // Seen over several runs only, and by alerts with quietFor.
  groupkey: (groupkey) => `${groupkey}-mutated`,
};

/** One mutant for each field that the alert's hooks have set in any case. */
export const draftMutants = (drafts: readonly AlertDraft[]): readonly Mutant[] =>
  (Object.keys(CHANGES) as Key[]).flatMap((key) => {
    const example = drafts.find((draft) => changed(draft, key) !== null);
    return example === undefined ? [] : [draftMutant(key, example)];
  });

const draftMutant = (key: Key, example: AlertDraft): Mutant => ({
  key: `draft ${key}`,
  description: `change ${key} of the alert`,
  suggestion:
    key === "events"
      ? "No firing case notices that the alert embeds no events. Add one whose events are covered by the alert, or say how many it embeds: embeds: 1."
      : `No firing case says the ${key} of its alert. Add it: alert: { ${key}: ${shown(example[key])} }.`,
  changeDraft: (draft) => changed(draft, key),
});

const changed = (draft: AlertDraft, key: Key): AlertDraft | null => {
  const value = draft[key];
  if (value == null) return null;
  const other = (CHANGES[key] as (value: unknown) => unknown)(value);
  return other === undefined ? null : { ...draft, [key]: other };
};
