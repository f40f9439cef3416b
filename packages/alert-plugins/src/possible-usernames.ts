import { type AlertContext, byCodePoint, valuesAt } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { hours, indices, type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { brief, withDetails, withNote, withSaid } from "./values/add-to-alert.ts";

const schema = z.strictObject({
  indices: indices.default(["events-*"]),
  searchWindowHours: hours.default(24),
  ...sharedShape,
});

/** The options of {@link possibleUsernames}. */
export interface PossibleUsernamesOptions extends SharedOptions {
  /** Where logins are looked for. Default: `events-*`. */
  readonly indices?: readonly string[];
  /** How old logins may be, in hours. Default 24. */
  readonly searchWindowHours?: number;
}

/**
 * Names who has logged in by ssh to the host that most of the alert's events are from: `details.possible_usernames`, most logins first,
 * and in the summary. Default registration: `promisckernel`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 * @see MozDef `alerts/plugins/possible_usernames.py`
 *
 * @example
 * possibleUsernames({ registration: ["promisckernel", "promiscaudit"] });
 */
export const possibleUsernames = (options: PossibleUsernamesOptions = {}): AlertPlugin => {
  const read = readOptions("possibleUsernames", schema, options);
  return definePlugin({
    ...sharedPart(read, { name: "possible_usernames", registration: "promisckernel" }),
    onMessage: (alert, context) => enriched(alert, read, context),
  });
};

/** Of the names as many are in the details, and in the summary. */
const [MOST, MOST_SAID] = [1_000, 20];

const enriched = async (
  alert: AlertDocument,
  { indices, searchWindowHours }: z.output<typeof schema>,
  { count }: AlertContext,
): Promise<AlertDocument> => {
  const hostname = hostOf(alert);
  if (hostname === null) return alert;
  const query = SearchQuery({ hours: searchWindowHours }).must(
    TermMatch("category", "syslog"),
    TermMatch("hostname", hostname),
    TermMatch("details.program", "sshd"),
    PhraseMatch("summary", "Accepted publickey for "),
  );
  const counted = await count(query, { indices, by: "details.username" });
  const names = counted.slice(0, MOST).map(({ value }) => value);
  const named = withDetails(alert, { possible_usernames: names });
  if (names.length === 0) return named;
  const more = counted.length - MOST_SAID;
  const said = names.slice(0, MOST_SAID).map(brief).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const note = counted.length > MOST ? `possible_usernames: ${MOST} of ${counted.length} names are added` : null;
  return withNote(withSaid(named, `Possible users: ${said}`), note);
};

/** The host of most events; of several the last by name. */
const hostOf = ({ events }: AlertDocument): string | null => {
  const counts = new Map<string, number>();
  for (const { documentsource } of events)
    for (const host of valuesAt(documentsource, "hostname").map(String)) counts.set(host, (counts.get(host) ?? 0) + 1);
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || byCodePoint(b, a));
  return most?.[0] ?? null;
};
