import {
  aggregation,
  AlertTask,
  definePack,
  eachEvent,
  interval,
  noEvent,
  type AggregatedEvents,
  type Hit,
  type HookContext,
} from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

/** One alert for each event of category `door`. */
class AlertDoor extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", "door")));
  }
  onEvent({ _source }: Hit) {
    return { summary: String(_source.summary), category: "door", tags: ["door"], severity: "CRITICAL" };
  }
}

/** One alert for three or more events of category `knock` from one host. */
class AlertKnocks extends AlertTask.withConfig(z.object({ threshold: z.number().default(3) })) {
  main() {
    const query = SearchQuery({ minutes: 5 }).must(TermMatch("category", "knock"));
    return aggregation(query, { field: "hostname", threshold: this.config.threshold });
  }
  onAggregation({ value, count }: AggregatedEvents) {
    return { summary: `${count} knocks by ${value}`, category: "knock", tags: ["door"], severity: "NOTICE" };
  }
}

/** An alert when nobody has been seen. */
class AlertSilence extends AlertTask {
  main() {
    return noEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", "heartbeat")));
  }
  onNoEvent() {
    return { summary: "no heartbeat", category: "deadman", tags: [], severity: "ERROR" };
  }
}

const knocks = SearchQuery({ minutes: 5 }).must(TermMatch("category", "knock"));

/** Counts what it has seen, in a document that it keeps. */
class AlertCounter extends AlertTask {
  main() {
    return eachEvent(knocks);
  }
  async onEvent({ _id }: Hit, { state }: HookContext) {
    const { seen = [] } = ((await state.get("localities", "counter")) ?? {}) as { seen?: string[] };
    state.put("localities", "counter", { seen: [...seen, _id] });
    return { summary: `knock number ${seen.length + 1}`, category: "counter", tags: [], severity: "INFO" };
  }
}

/** One alert a host and hour, to which further ones are added, and which is over when nothing more comes. */
class AlertQuiet extends AlertTask {
  main() {
    return aggregation(knocks, { field: "hostname", quietFor: { hours: 1 }, resolveAfter: { minutes: 1 } });
  }
  onAggregation({ value }: { readonly value: string }) {
    return { summary: `knocks by ${value}`, category: "quiet", tags: [], severity: "NOTICE" };
  }
}

/** Fails at each run. */
class AlertBroken extends AlertTask {
  main(): never {
    throw new Error("the key of the third party has expired");
  }
}

const everyMinute = interval({ minutes: 1 });

export const doorPack = definePack({
  alerts: {
    AlertDoor: { task: AlertDoor, schedule: everyMinute },
    AlertKnocks: { task: AlertKnocks, schedule: everyMinute },
  },
});

export const silencePack = definePack({ alerts: { AlertSilence: { task: AlertSilence, schedule: everyMinute } } });
export const brokenPack = definePack({ alerts: { AlertBroken: { task: AlertBroken, schedule: everyMinute } } });
export const countingPack = definePack({
  indices: { localities: {} },
  alerts: {
    AlertCounter: { task: AlertCounter, schedule: everyMinute },
    AlertQuiet: { task: AlertQuiet, schedule: everyMinute },
  },
});
