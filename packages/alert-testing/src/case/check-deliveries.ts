import { messageOf } from "@mozdef/alert";
import { differences, printDifferences, shown } from "../compare/differences.ts";
import { offsetText } from "../build/offsets.ts";
import type { Aftermath, NotedDelivery } from "../delivery/aftermath.ts";
import type { ExpectedDelivery } from "../suite/delivery-options.ts";
import { caseFailure } from "./case-failure.ts";
import type { RunningCase } from "./running-case.ts";

/** Sends what is left to be sent until the end of the case, and compares what each receiver got. */
export const checkDeliveries = async ({ testCase, suite, after }: RunningCase): Promise<void> => {
  const { delivery } = testCase;
  if (after === null || delivery === null) return;
  if (delivery.untilMs !== null) await after.playUntil(new Date(suite.now.getTime() + delivery.untilMs));
  if (after.failures.length > 0)
    throw caseFailure(`It is not known whether an alert is muted by another one: ${messageOf(after.failures[0])}`);
  const received = await after.deliveries();
  if (delivery.expected === null) {
    checkTaken(received);
    return;
  }
  const wrong: string[] = [];
  for (const [target, expected] of delivery.expected) {
    const own = received.filter((one) => one.target === target);
    wrong.push(...targetProblems(target, expected, own));
  }
  if (wrong.length > 0) throw caseFailure("The deliveries differ.", ...wrong, await waitingText(after, suite.now));
};

const numberOf = (count: number): string =>
  count === 0 ? "nothing" : `${count} ${count === 1 ? "delivery" : "deliveries"}`;

const MOST_SHOWN = 5;

/** What a case that ends too early has not seen. */
const waitingText = async (after: Aftermath, start: Date): Promise<string> => {
  const waiting = (await after.waiting()).slice(0, MOST_SHOWN).map(({ target, nextat }) => {
    const at = offsetText(Date.parse(nextat) - start.getTime());
    return { text: `${target} at ${at}`, at };
  });
  const last = waiting.at(-1);
  if (last === undefined) return "";
  const list = waiting.map(({ text }) => text).join(", ");
  return `  Not sent yet: ${list}. To play that, say until when: until: "${last.at}".`;
};

/** Nothing is said about deliveries: at least, each is taken. */
const checkTaken = (received: readonly NotedDelivery[]): void => {
  for (const { target, retry, refused } of received) {
    if (refused !== undefined) throw caseFailure(`The action ${target} refused: ${refused}`);
    if (retry !== undefined) throw caseFailure(`The action ${target} asked to be tried again: ${retry}`);
  }
};

/** What may not happen unless it is expected. */
const UNEXPECTED = { muted: undefined, retry: undefined, refused: undefined };

const targetProblems = (
  target: string,
  expected: readonly ExpectedDelivery[],
  received: readonly NotedDelivery[],
): readonly string[] => {
  if (expected.length !== received.length)
    return [
      `  ${target}: expected ${numberOf(expected.length)}, received ${numberOf(received.length)}${received.length > 0 ? ":" : "."}`,
      ...received.map((one) => `    - ${lineOf(one)}`),
    ];
  const found = expected.flatMap((one, place) =>
    differences({ ...UNEXPECTED, ...one }, comparable(received[place]), `${target}[${place}]`),
  );
  return found.length === 0 ? [] : [printDifferences(found)];
};

const comparable = (delivered: NotedDelivery | undefined): unknown =>
  delivered === undefined ? undefined : { ...delivered, at: offsetText(delivered.atMs) };

const lineOf = ({ atMs, event, alert, alerts, muted, retry, refused }: NotedDelivery): string => {
  const told = event === "trigger" ? "" : ` ${event}`;
  const several = alerts.length > 1 ? ` (${alerts.length} alerts)` : "";
  const [word, reason] = Object.entries({ muted, retry, refused }).find(([, text]) => text !== undefined) ?? [];
  const came = word === undefined ? "" : `, ${word}: ${reason}`;
  return `${offsetText(atMs)}${told} ${shown(alert.summary)}${several}${came}`;
};
