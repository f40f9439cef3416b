import { AlertTask, definePack, eachEvent, interval } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Never comes back from its hook. */
class AlertEndless extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", "endless")));
  }
  onEvent(): null {
    for (;;);
  }
}

export default definePack({ alerts: { AlertEndless: { task: AlertEndless, schedule: interval({ seconds: 1 }) } } });
