import {
  aggregation,
  type AggregatedEvents,
  AlertTask,
  distinctOf,
  newTerm,
  noEvent,
  percentage,
  sequence,
  type SilentSearch,
  spike,
  step,
  sumOf,
  valueAt,
} from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

const draft = { category: "example", tags: ["example"], severity: "NOTICE" } as const;

const logins = SearchQuery({ minutes: 10 }).must(TermMatch("category", "login"));

/** Groups by two fields. */
export class AlertPairs extends AlertTask {
  main() {
    return aggregation(logins, { field: ["details.user", "details.ip"], threshold: 3 });
  }

  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} logins of ${value}` };
  }
}

/** Groups that code makes. */
export class AlertByCode extends AlertTask {
  main() {
    return aggregation(logins, {
      groupBy: ({ _source }) => /from (\S+)$/.exec(String(valueAt(_source, "summary")))?.[1] ?? null,
      threshold: 3,
    });
  }

  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} logins from ${value}` };
  }
}

/** Groups that are measured. */
export class AlertSweep extends AlertTask {
  main() {
    return aggregation(logins, { field: "details.user", measure: distinctOf("details.host"), atLeast: 3 });
  }

  onAggregation({ value, measured }: AggregatedEvents) {
    return { ...draft, summary: `${value} on ${measured} hosts` };
  }
}

/** One alert for what comes within half an hour. */
export class AlertQuiet extends AlertTask {
  main() {
    return aggregation(logins, { field: "details.user", threshold: 2, quietFor: { minutes: 30 } });
  }

  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} logins of ${value}` };
  }
}

/** One alert for what comes within half an hour, which is over after a quarter of an hour without any. */
export class AlertEnding extends AlertTask {
  main() {
    return aggregation(logins, {
      field: "details.user",
      threshold: 2,
      quietFor: { minutes: 30 },
      resolveAfter: { minutes: 15 },
    });
  }

  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} logins of ${value}` };
  }
}

/** Groups of which something is added up. */
export class AlertTraffic extends AlertTask {
  main() {
    return aggregation(logins, { field: "details.user", measure: sumOf("details.bytes"), atLeast: 1_000 });
  }

  onAggregation({ value, measured }: AggregatedEvents) {
    return { ...draft, summary: `${measured} bytes of ${value}` };
  }
}

export class AlertNewCountry extends AlertTask {
  main() {
    return newTerm(logins, {
      field: "details.country",
      history: { hours: 6 },
      learn: { hours: 2 },
    });
  }

  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} logins from ${value} for the first time` };
  }
}

export class AlertRise extends AlertTask {
  main() {
    return spike(logins, { field: "details.user", baseline: { hours: 1 }, factor: 3, atLeast: 4 });
  }

  onAggregation({ value, count, baseline }: AggregatedEvents) {
    return { ...draft, summary: `${count} logins of ${value} after ${baseline}` };
  }
}

/** Many more bytes than before. */
export class AlertUpload extends AlertTask {
  main() {
    const measure = sumOf("details.bytes");
    return spike(logins, { field: "details.user", measure, baseline: { hours: 1 }, factor: 3, atLeast: 100 });
  }

  onAggregation({ value, measured, baseline }: AggregatedEvents) {
    return { ...draft, summary: `${measured} bytes of ${value} after ${baseline}` };
  }
}

export class AlertFall extends AlertTask {
  main() {
    return spike(logins, {
      field: "details.user",
      baseline: { minutes: 20 },
      factor: 2,
      atLeast: 2,
      direction: "down",
    });
  }

  onAggregation({ value, count, baseline }: AggregatedEvents) {
    return { ...draft, summary: `${count} logins of ${value} after ${baseline}` };
  }
}

/** Three failures, then a success. */
export class AlertGuessed extends AlertTask {
  main() {
    const failed = SearchQuery().must(TermMatch("category", "failed"));
    const succeeded = SearchQuery().must(TermMatch("category", "login"));
    return sequence({ by: "details.user", within: { minutes: 10 } }, [step(failed, { times: 3 }), step(succeeded)]);
  }

  onAggregation({ value, steps }: AggregatedEvents) {
    return { ...draft, summary: `${value} got in after ${steps[0]?.length ?? 0} failures` };
  }
}

/** A login that no logout follows. */
export class AlertLeftOpen extends AlertTask {
  main() {
    const opened = SearchQuery().must(TermMatch("category", "login"));
    const closed = SearchQuery().must(TermMatch("category", "logout"));
    return sequence({ by: "details.user", within: { minutes: 10 }, window: { minutes: 10 }, without: step(closed) }, [
      step(opened),
    ]);
  }

  onAggregation({ value }: AggregatedEvents) {
    return { ...draft, summary: `${value} has not logged out` };
  }
}

export class AlertManyFailures extends AlertTask {
  main() {
    const all = SearchQuery({ minutes: 10 }).must(TermMatch("type", "access"));
    const failed = all.must(TermMatch("category", "failed"));
    return percentage(failed, { of: all, field: "details.user", atLeast: 50, minimum: 4 });
  }

  onAggregation({ value, count, baseline }: AggregatedEvents) {
    return { ...draft, summary: `${count} of ${baseline} of ${value} failed` };
  }
}

/** A deadman for all together. */
export class AlertNothing extends AlertTask {
  main() {
    return noEvent(logins);
  }

  onNoEvent() {
    return { ...draft, summary: "no logins" };
  }
}

export class AlertUserSilent extends AlertTask {
  main() {
    return noEvent(logins, { each: "details.user", seenWithin: { hours: 1 } });
  }

  onNoEvent({ value }: SilentSearch) {
    return { ...draft, summary: `${value} is silent` };
  }
}
