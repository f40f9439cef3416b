import type { NewAlert } from "@mozdef/alert/runtime";
import type { CoveredAmong, EventRef, NewestAlert, newestAlerts } from "@mozdef/alert-store";
import type { EvaluatedRun } from "../run/run-values.ts";

/** What the alerts of a rehearsal have done so far: kept in memory, in the place of what is in the store. */
export class RehearsedPast {
  readonly #covered = new Set<string>();
  readonly #newest = new Map<string, NewestAlert>();

  /** See `coveredAmong` of the store. */
  readonly covered: CoveredAmong = () => Promise.resolve((name, event) => this.#covered.has(eventKey(name, event)));

  /** See `newestAlerts` of the store. */
  readonly newestOf: typeof newestAlerts = (_store, wanted) =>
    Promise.resolve(wanted.map(({ name, groupkey }) => this.#newest.get(groupKey(name, groupkey)) ?? null));

  /** Takes down what a run would have stored. */
  take({ alerts, added }: Pick<EvaluatedRun, "alerts" | "added">): void {
    for (const made of [...alerts, ...added.flatMap(({ covering }) => covering)]) this.#cover(made);
    for (const { alert } of alerts) {
      const { classname, groupkey = "", utctimestamp, count = 1, firstcount = count } = alert._source;
      this.#newest.set(groupKey(classname, groupkey), {
        ...{ index: alert._index, id: alert._id, utctimestamp, status: "manual", closereason: null, closedat: null },
        ...{ count, firstcount },
      });
    }
    for (const { to, count, covering } of added) {
      const [first] = covering;
      if (first === undefined) continue;
      const { classname, groupkey = "" } = first.alert._source;
      const key = groupKey(classname, groupkey);
      const newest = this.#newest.get(key);
      if (newest?.id === to.id) this.#newest.set(key, { ...newest, count: newest.count + count });
    }
  }

  #cover({ alert, covers, coversFurther = [] }: NewAlert): void {
    const { classname } = alert._source;
    for (const event of covers) this.#covered.add(eventKey(classname, event));
    for (const { index, ids } of coversFurther)
      for (const _id of ids) this.#covered.add(eventKey(classname, { _index: index, _id }));
  }
}

const eventKey = (name: string, { _index, _id }: EventRef): string => JSON.stringify([name, _index, _id]);

const groupKey = (name: string, groupkey: string): string => JSON.stringify([name, groupkey]);
