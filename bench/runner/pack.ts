// The alerts of `bench runner`, for the configuration of the service: rules in pairs, one 1:1 and one M:1, each with a category of its own.
import {
  type AggregatedEvents,
  aggregation,
  type AlertContext,
  AlertTask,
  definePack,
  eachEvent,
  type Hit,
  interval,
} from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { BURST, categoryOf } from "./events.ts";
import { OWN_PROCESS } from "./own-process.ts";

const configSchema = z.object({ category: z.string().default("") });
const base = { category: "bench", tags: [], severity: "NOTICE" };

const queryOf = (category: string) =>
  SearchQuery({ minutes: 5 }).must(TermMatch("category", category), PhraseMatch("summary", "failed login"));

class EachLogin extends AlertTask.withConfig(configSchema) {
  main() {
    return eachEvent(queryOf(this.config.category));
  }
  onEvent({ _source }: Hit) {
    return { ...base, summary: String(_source.summary) };
  }
}

class ManyLogins extends AlertTask.withConfig(configSchema) {
  main() {
    return aggregation(queryOf(this.config.category), { field: "details.sourceipaddress", threshold: BURST });
  }
  onAggregation({ events: [first] }: AggregatedEvents) {
    return { ...base, summary: String(first?._source.summary) };
  }
}

/** Says in the log what the process of the alerts takes, since nobody outside can see its heap. */
class OwnProcess extends AlertTask {
  main({ log }: AlertContext) {
    const { user, system } = process.cpuUsage();
    log.info(OWN_PROCESS, { heapBytes: process.memoryUsage().heapUsed, cpuMs: (user + system) / 1_000 });
    return [];
  }
}

/** So many alerts, at every so many seconds. */
export const benchPack = (count: number, seconds = 1) =>
  definePack({
    alerts: { OwnProcess: { task: OwnProcess, schedule: interval({ seconds: 10 }) } },
    rules: Array.from({ length: count }, (_, index) => ({
      name: `bench:${index}`,
      task: index % 2 === 0 ? EachLogin : ManyLogins,
      config: { category: categoryOf(index) },
      schedule: interval({ seconds }),
    })),
  });
