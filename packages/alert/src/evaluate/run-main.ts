import { received } from "@mozdef/query";
import { AlertError, messageOf } from "../alert-error.ts";
import type { AlertTask } from "../task/alert-task.ts";
import type { AlertContext } from "../task/context.ts";
import { isSearch } from "../task/search.ts";
import { type PlannedSearch, planSearch } from "./plan-search.ts";

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
      `${name}.main returned something else than a search. Expected: what eachEvent, aggregation or noEvent return, or a list of it. Received: ${received(search)}.`,
    );
  });
};

const mainOf = async (task: AlertTask<unknown>, context: AlertContext): Promise<unknown> => {
  try {
    return await task.main(context);
  } catch (cause) {
    throw new AlertError("ALERT_FAILED", `${task.name}.main failed: ${messageOf(cause)}`, { cause });
  }
};
