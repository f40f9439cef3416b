import type { Grouping } from "@mozdef/alert/runtime";
import type { AlertHost, Planned, StageScope, TaskRef } from "../alert-host.ts";

/**
 * Code that makes groups does not leave the process: it is asked for by the place of its search. What `main` returned last is kept; when
 * the process is a new one, `main` is asked again.
 */
export class Groupings {
  readonly #kept = new Map<string, readonly (Grouping | null)[]>();

  /** A host that knows its code by its place. */
  of(host: AlertHost): AlertHost {
    return {
      plan: async (tasks, scope) => {
        const planned = await host.plan(tasks, scope);
        for (const [index, { id }] of tasks.entries()) this.#keep(id, planned[index]);
        return planned;
      },
      group: async (events, scope) => {
        const { groupBy, task } = events;
        return host.group(
          {
            ...events,
            groupBy: typeof groupBy === "function" ? groupBy : await this.#at(host, task, groupBy.place, scope),
          },
          scope,
        );
      },
      evaluate: (answers, scope) => host.evaluate(answers, scope),
    };
  }

  #keep(id: string, planned: Planned | undefined): void {
    const groupings = (planned?.searches ?? []).map(({ search }) =>
      search.kind === "aggregation" ? search.groupBy : null,
    );
    if (groupings.some((one) => one !== null)) this.#kept.set(id, groupings);
    else this.#kept.delete(id);
  }

  async #at(host: AlertHost, task: TaskRef, place: number, scope: StageScope): Promise<Grouping> {
    if (!this.#kept.has(task.id)) {
      const [planned] = await host.plan([task], scope);
      this.#keep(task.id, planned);
    }
    return this.#kept.get(task.id)?.[place] ?? { place };
  }
}
