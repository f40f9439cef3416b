import { AlertError, type PlannedSearch } from "@mozdef/alert/runtime";
import type { AlertHost, StageOutcome } from "@mozdef/alert-engine";
import { StoreError } from "@mozdef/alert-store";
import { queryOf } from "@mozdef/query/tools";

/** A host as one in another process would be: whatever goes in and out is copied on the way, so only data gets through. */
export const cloningHost = (host: AlertHost): AlertHost => ({
  plan: async (tasks, { signal, ...scope }) => {
    const planned = await host.plan(structuredClone(tasks), { ...structuredClone(scope), signal });
    return planned.map(({ errors, searches, ...rest }) => ({
      ...structuredClone(rest),
      errors: errors.map(errorAcross),
      searches: searches.map(searchAcross),
    }));
  },
  evaluate: async (answers, { signal, ...scope }) => {
    const sent = answers.map(({ task, kept, answered }) => ({
      ...structuredClone({ task, kept }),
      answered: answered.map(({ planned, ...found }) => ({
        planned: searchAcross(planned),
        ...structuredClone(found),
      })),
    }));
    const evaluated = await host.evaluate(sent, { ...structuredClone(scope), signal });
    return evaluated.map(({ errors, ...rest }) => ({ ...structuredClone(rest), errors: errors.map(errorAcross) }));
  },
});

/** Queries cross as their plan: everything else of a search is data. */
const searchAcross = ({ name, search, source, query }: PlannedSearch): PlannedSearch => {
  const { query: own, ...rest } = search;
  const sent = structuredClone({ name, rest, source, own: own.plan, query: query.plan });
  return {
    name: sent.name,
    search: { ...sent.rest, query: queryOf(sent.own) },
    source: sent.source,
    query: queryOf(sent.query),
  };
};

const errorAcross = (error: StageOutcome["errors"][number]): StageOutcome["errors"][number] => {
  const { code, message, cause } = error;
  const sent = structuredClone({ code, message, cause, retryable: error instanceof StoreError && error.retryable });
  return error instanceof StoreError
    ? new StoreError(error.code, sent.message, { cause: sent.cause, retryable: sent.retryable })
    : new AlertError(error.code, sent.message, { cause: sent.cause });
};
