import { type EventSource, type Source, valuesAt } from "@mozdef/alert";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { buildEvent, buildSourceEvent } from "../build/default-event.ts";
import type { PreparedCase, PreparedSuite } from "../suite/prepared-suite.ts";
import type { EventAges } from "./mutant/mutant.ts";

/** How old the events of suites are when they are searched. */
export const eventAges = (suites: readonly PreparedSuite[]): EventAges => {
  const agesOf = (kind: PreparedCase["kind"]): readonly number[] => [
    ...new Set(
      suites.flatMap(({ cases, now, suite }) =>
        cases
          .filter((testCase) => testCase.kind === kind)
          .flatMap((testCase) => agesOfCase(testCase, now, suite.source)),
      ),
    ),
  ];
  const times = suites.flatMap(({ suite }) => timesOf(suite.source));
  return { fires: agesOf("fires"), silent: agesOf("silent"), times: [...new Set(times)].join(" and ") };
};

const timesOf = (source: Source | undefined): readonly string[] => (source?.schema ?? mozdefSchema).time;

/** An event is seen as long as either of its times is in the window: the younger one counts. */
const agesOfCase = ({ runs, event }: PreparedCase, start: Date, source: Source | undefined): readonly number[] =>
  runs.flatMap(({ offsetMs, events }) => {
    const now = new Date(start.getTime() + offsetMs);
    return events.map((own) => {
      const built: EventSource =
        source === undefined
          ? buildEvent([event, own], { start, now }, "")
          : buildSourceEvent(source, [event, own], { start, now });
      const times = timesOf(source).flatMap((field) =>
        valuesAt(built, field).map((stamp) => new Date(stamp as string | number).getTime()),
      );
      return now.getTime() - Math.max(...times);
    });
  });
