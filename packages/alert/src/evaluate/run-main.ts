import { preview } from "@mozdef/query/tools";
import { AlertError, messageOf } from "../alert-error.ts";
import type { AlertTask } from "../task/alert-task.ts";
import type { AlertContext } from "../task/context.ts";
import { isSearch, type PlannedSearch, SEARCH_KINDS } from "../kinds/kinds.ts";
import type { SourceChoice } from "../source/searched-source.ts";
import { type Excepted, planSearch } from "./plan-search.ts";

/**
 * Asks an alert which searches to run now.
 *
 * @param choice - Where events are. Default: in the service's own indices.
 * @throws {AlertError} `ALERT_FAILED` when `main` throws, `ALERT_SEARCH_INVALID` when it returns anything but searches,
 * `ALERT_SOURCE_UNKNOWN`. @throws {QueryError} when a search cannot be put into the names of its source.
 */
export const runMain = async (
  task: AlertTask<unknown>,
  context: AlertContext,
  choice: SourceChoice & Excepted = {},
): Promise<readonly PlannedSearch[]> => {
  const { name } = task;
  const returned = await mainOf(task, context);
  const searches: readonly unknown[] = Array.isArray(returned) ? returned : [returned];
  return searches.map((search) => {
    if (isSearch(search)) return planSearch(name, search, choice, context.now);
    throw new AlertError(
      "ALERT_SEARCH_INVALID",
      `${name}.main returned something other than a search. Expected: what ${CONSTRUCTORS} return, or a list of it. Received: ${preview(search)}.`,
    );
  });
};

const CONSTRUCTORS = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(Object.keys(SEARCH_KINDS));

const mainOf = async (task: AlertTask<unknown>, context: AlertContext): Promise<unknown> => {
  try {
    return await task.main(context);
  } catch (cause) {
    throw new AlertError("ALERT_FAILED", `${task.name}.main failed: ${messageOf(cause)}`, { cause });
  }
};
