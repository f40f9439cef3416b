import type { EventsToGroup, StageScope, TaskAnswers, TaskRef } from "../alert-host.ts";
import type { ChildHost } from "./child-host.ts";
import { renewAll, spread } from "./pooled-host.ts";

/** Two hosts that never run the same alert. */
export interface SplitHosts {
  readonly trusted: ChildHost;
  readonly others: ChildHost;
}

/** Keeps alerts that are trusted with more and all others in hosts of their own, so that neither shares a process with the other. */
export const splitHost = (
  isTrusted: (task: TaskRef) => boolean,
  { trusted, others }: Readonly<SplitHosts>,
): ChildHost => {
  const hosts = [trusted, others];
  const hostOf = (task: TaskRef): ChildHost => (isTrusted(task) ? trusted : others);
  return {
    plan: (tasks: readonly TaskRef[], scope: StageScope) => spread(tasks, hostOf, (host, own) => host.plan(own, scope)),
    group: (events: EventsToGroup, scope: StageScope) => hostOf(events.task).group(events, scope),
    evaluate: (answers: readonly TaskAnswers[], scope: StageScope) =>
      spread(
        answers,
        ({ task }) => hostOf(task),
        (host, own) => host.evaluate(own, scope),
      ),
    get residentBytes() {
      return hosts.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
    },
    suspended: () => hosts.flatMap((host) => host.suspended()),
    // An alert is suspended by one of them only.
    release: (name) => hosts.forEach((host) => host.release(name)),
    reload: () => hosts.forEach((host) => host.reload()),
    renew: () => renewAll(hosts),
    close: () => hosts.forEach((host) => host.close()),
  };
};
