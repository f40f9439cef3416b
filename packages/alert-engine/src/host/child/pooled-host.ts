import { shardOf } from "@mozdef/alert-store";
import type { EventsToGroup, StageScope, TaskAnswers, TaskRef } from "../alert-host.ts";
import type { ChildHost, Renewal } from "./child-host.ts";

/** Runs alerts in several processes at the same time. An alert is always in the same one, so that it shares its fate with the same others. */
export const pooledHost = (hosts: readonly [ChildHost, ...ChildHost[]]): ChildHost => {
  const [first] = hosts;
  if (hosts.length === 1) return first;
  // Not by the shard itself: of several runners each has only some.
  const hostOf = (name: string): ChildHost => hosts[shardOf(`${name} process`) % hosts.length] ?? first;
  return {
    plan: (tasks: readonly TaskRef[], scope: StageScope) =>
      spread(
        tasks,
        ({ name }) => hostOf(name),
        (host, own) => host.plan(own, scope),
      ),
    group: (events: EventsToGroup, scope: StageScope) => hostOf(events.task.name).group(events, scope),
    evaluate: (answers: readonly TaskAnswers[], scope: StageScope) =>
      spread(
        answers,
        ({ task }) => hostOf(task.name),
        (host, own) => host.evaluate(own, scope),
      ),
    get residentBytes() {
      return hosts.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
    },
    suspended: () => hosts.flatMap((host) => host.suspended()),
    release: (name) => hostOf(name).release(name),
    reload: () => hosts.forEach((host) => host.reload()),
    renew: () => renewAll(hosts),
    close: () => hosts.forEach((host) => host.close()),
  };
};

/** Work of each host by itself, results in the order of the work. */
export const spread = async <Work, Result>(
  work: readonly Work[],
  hostOf: (one: Work) => ChildHost,
  run: (host: ChildHost, own: readonly Work[]) => Promise<readonly Result[]>,
): Promise<readonly Result[]> => {
  const positions = new Map<ChildHost, number[]>();
  for (const [position, one] of work.entries()) {
    const host = hostOf(one);
    const known = positions.get(host);
    if (known === undefined) positions.set(host, [position]);
    else known.push(position);
  }
  const results = new Array<Result>(work.length);
  await Promise.all(
    [...positions].map(async ([host, own]) => {
      const done = await run(
        host,
        own.map((position) => work[position] as Work),
      );
      for (const [index, position] of own.entries()) results[position] = done[index] as Result;
    }),
  );
  return results;
};

/** All of them or none. @throws what the first said that could not be renewed. */
export const renewAll = async (hosts: readonly ChildHost[]): Promise<Renewal> => {
  const settled = await Promise.allSettled(hosts.map((host) => host.renew()));
  const ready = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = settled.find((one) => one.status === "rejected");
  if (failed === undefined)
    return { use: () => ready.forEach((one) => one.use()), drop: () => ready.forEach((one) => one.drop()) };
  for (const one of ready) one.drop();
  throw failed.reason;
};
