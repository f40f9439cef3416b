import { type AlertContext, type AlertDraft, type AlertTask, eachEvent, type Search } from "@mozdef/alert";
import type { CountEvents } from "@mozdef/alert/runtime";
import type { SearchQuery } from "@mozdef/query";
import { wrapTask } from "../task/wrap-task.ts";
import type { Mutant } from "./mutant/mutant.ts";
import { LOOKUP, placesOf } from "./search-places.ts";

/** What happens to everything that a task says on its way to the runtime. */
interface Filter {
  readonly searches: (searches: readonly Search[]) => readonly Search[];
  readonly draft: (draft: AlertDraft, subject: unknown) => AlertDraft;
  /** What the alert looks up by itself. */
  readonly lookup: (query: SearchQuery) => SearchQuery;
}

/** A task that passes what it says through a filter. */
const filtered = (task: AlertTask<unknown>, filter: Filter): AlertTask<unknown> => {
  const within = <Context extends AlertContext>(context: Context): Context => ({
    ...context,
    search: (query, options) => context.search(filter.lookup(query), options),
    count: ((query, options) => context.count(filter.lookup(query), options as never)) as CountEvents,
  });
  return wrapTask(task, {
    main: async (context, main) => filter.searches([await main(within(context))].flat()),
    hook: async ({ subject, context }, hook) => {
      const draft = (await hook(within(context))) as AlertDraft | null | undefined;
      return draft == null ? draft : filter.draft(draft, subject);
    },
  });
};

/** A query for `context.search` with a mutant in it; null when the mutant does not apply to it. */
export const changedLookup = ({ changeSearch }: Pick<Mutant, "changeSearch">, query: SearchQuery): SearchQuery | null =>
  changeSearch?.(eachEvent(query), LOOKUP)?.query ?? null;

/** The task with one mutant in it. */
export const mutatedTask = (task: AlertTask<unknown>, { changeSearch, changeDraft }: Mutant): AlertTask<unknown> =>
  filtered(task, {
    searches: (searches) => {
      const places = placesOf(searches);
      return searches.map((search, index) => changeSearch?.(search, places[index] ?? index) ?? search);
    },
    draft: (draft) => changeDraft?.(draft) ?? draft,
    lookup: (query) => changedLookup({ changeSearch }, query) ?? query,
  });

/** What a task has said. */
export interface Recording {
  /** What each call of `main` returned. */
  readonly mains: (readonly Search[])[];
  /** What it looked up by itself. */
  readonly lookups: SearchQuery[];
  readonly drafts: AlertDraft[];
  /** Of each draft: the value of its group; null when it is not about a group. */
  readonly groups: (string | null)[];
}

export const newRecording = (): Recording => ({ mains: [], lookups: [], drafts: [], groups: [] });

const groupOf = (subject: unknown): string | null =>
  typeof subject === "object" && subject !== null && "allEvents" in subject && "value" in subject
    ? String(subject.value)
    : null;

/** The task unchanged, with what it says written down. */
export const recordedTask = (
  task: AlertTask<unknown>,
  { mains, lookups, drafts, groups }: Recording,
): AlertTask<unknown> =>
  filtered(task, {
    searches: (said) => {
      mains.push(said);
      return said;
    },
    draft: (draft, subject) => {
      drafts.push(draft);
      groups.push(groupOf(subject));
      return draft;
    },
    lookup: (query) => {
      lookups.push(query);
      return query;
    },
  });
