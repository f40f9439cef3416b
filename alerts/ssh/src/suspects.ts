import { aggregation, isAddress, type AggregationSearch, type AlertContext } from "@mozdef/alert";
import { any, PhraseMatch, TermMatch, type Clause, type Duration, type SearchQuery } from "@mozdef/query";
import { failedLoginOf, failedLogins, type FailedLogin } from "./failed-login.ts";

/** Who or what failed logins are counted by. */
export type Side = "source" | "user";

/** How suspects are found. */
export interface Suspicion {
  /** Own name of the alert: events it has alerted for count no more. */
  readonly name: string;
  readonly window: Duration;
  readonly by: Side;
  readonly isSuspect: (logins: readonly FailedLogin[]) => boolean;
}

/** Lines beyond this number are read in the next run. */
const MOST_LINES = 10_000;
/** Suspects beyond this number are reported in the next run. */
const MOST_SUSPECTS = 100;

/**
 * One search for each source (or user) of failed logins that is suspicious.
 *
 * The store cannot group these lines: many carry the address only inside their text. So a first search fetches them, the
 * text is read here, and what is returned are searches for exactly the lines of each suspect.
 */
export const searchesForSuspects = async (
  { name, window, by, isSuspect }: Suspicion,
  context: Pick<AlertContext, "search">,
): Promise<readonly AggregationSearch[]> => {
  const query = failedLogins(window).mustNot(TermMatch("alert_names", name));
  const lines = await context.search(query, { size: MOST_LINES });
  return [
    ...groupedBy(
      by,
      lines.flatMap((line) => failedLoginOf(line) ?? []),
    ),
  ]
    .filter(([, logins]) => isSuspect(logins))
    .slice(0, MOST_SUSPECTS)
    .map(([suspect]) => searchFor(query, by, suspect));
};

/** The failed logins of one suspect among events. */
export const loginsOf = (by: Side, suspect: string, events: readonly FailedLogin["event"][]): readonly FailedLogin[] =>
  events.flatMap((event) => failedLoginOf(event) ?? []).filter((login) => login[by] === suspect);

const groupedBy = (by: Side, logins: readonly FailedLogin[]): ReadonlyMap<string, readonly FailedLogin[]> => {
  const groups = new Map<string, FailedLogin[]>();
  for (const login of logins) {
    const key = login[by];
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [login]);
    else group.push(login);
  }
  return groups;
};

/** One attack is one alert: what comes meanwhile is added to it. */
const QUIET: Duration = { hours: 1 };

/** All lines of a suspect are one group: every event has a `type`. */
const searchFor = (query: SearchQuery, by: Side, suspect: string): AggregationSearch =>
  aggregation(query.must(mentions(by, suspect)), { field: "type", samplesLimit: 10, data: suspect, quietFor: QUIET });

const mentions = (by: Side, suspect: string): Clause =>
  by === "source" && isAddress(suspect)
    ? any(TermMatch("details.sourceipaddress", suspect), PhraseMatch("summary", suspect))
    : PhraseMatch("summary", suspect);
