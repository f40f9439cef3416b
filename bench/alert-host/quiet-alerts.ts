import { aggregation, AlertTask, eachEvent } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";

const quietAlert = (index: number): AlertTask<unknown> => {
  const query = SearchQuery({ minutes: 5 }).must(
    TermMatch("category", `category${index}`),
    PhraseMatch("summary", "failed login"),
  );
  class Quiet extends AlertTask {
    main() {
      return index % 2 === 0
        ? eachEvent(query)
        : aggregation(query, { field: "details.sourceipaddress", threshold: 10 });
    }
  }
  return createTask(Quiet);
};

/** Alerts that find nothing among events of the categories 0 to 1,999, by their ids. */
export const quietAlerts = (count: number): ReadonlyMap<string, AlertTask<unknown>> =>
  new Map(Array.from({ length: count }, (_, index) => [`quiet${index}`, quietAlert(index + 2_000)]));
