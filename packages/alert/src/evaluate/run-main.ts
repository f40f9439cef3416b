import { preview } from "@mozdef/query/tools";
import { AlertError, messageOf } from "../alert-error.ts";
import type { AlertTask } from "../task/alert-task.ts";
import type { AlertContext } from "../task/context.ts";
import { isSearch, type PlannedSearch, SEARCH_KINDS } from "../kinds/kinds.ts";
import { planSearch } from "./plan-search.ts";

/**
 * Asks an alert which searches to run now.
 *
 * @throws {AlertError} `ALERT_FAILED` when `main` throws, `ALERT_SEARCH_INVALID` when it returns anything but searches.
 */
export const runMain = async (task: AlertTask<unknown>, context: AlertContext): Promise<readonly PlannedSearch[]> => {
  const { name } = task;
  const returned = await mainOf(task, context);
  const searches: readonly unknown[] = Array.isArray(returned) ? returned : [returned];
  return searches.map((search) => {
    if (isSearch(search)) return planSearch(name, search);
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
