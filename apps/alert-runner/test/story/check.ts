import type { AlertStore } from "@mozdef/alert-store";
import { documents, type Stored, timesOf } from "../support/documents.ts";
import type { TargetName, Told } from "./receivers.ts";
import { type Done, FIRST } from "./steps.ts";

/** What was done, and what came of it. */
export interface Played {
  readonly store: AlertStore;
  readonly done: Done;
  readonly told: readonly Told[];
  /** Messages that no receiver would take. */
  readonly wrong: readonly string[];
  /** When a runner was killed, in milliseconds. */
  readonly kills: readonly number[];
}

interface Found {
  readonly alerts: readonly Stored[];
  readonly dispatches: readonly Stored[];
  readonly covered: readonly Stored[];
}

type Problems = readonly string[];

/** Reads only the store, and what was told. @returns what is wrong, in sentences; none when all is well. */
export const problemsOf = async (played: Played): Promise<Problems> => {
  const { store, told, wrong } = played;
  const found: Found = {
    alerts: await documents(store, "alerts-*"),
    dispatches: (await documents(store, "deliveries-*")).filter(({ _source }) => _source.type === "dispatch"),
    covered: await documents(store, "coverage-*"),
  };
  return [
    ...wrong.map((message) => `No receiver takes this message: ${message}`),
    ...alertProblems(found, played),
    ...differences("deliveries", expectedDeliveries(found.alerts), found.dispatches.map(titleOf)),
    ...found.dispatches.flatMap((dispatch) => dispatchProblems(dispatch, found.alerts, told)),
    ...messageProblems(found.dispatches, told),
    ...repeatProblems(played),
    ...muteProblems(played),
    ...incidentProblems(told),
    ...digestProblems(found.alerts, told),
  ];
};

/** What is expected and not there, and what is there and not expected; each as often as it is. */
const differences = (what: string, expected: readonly string[], received: readonly string[]): Problems => {
  const [wanted, there] = [timesOf(expected), timesOf(received)];
  return [...new Set([...expected, ...received])].flatMap((one) => {
    const [times, found] = [wanted.get(one) ?? 0, there.get(one) ?? 0];
    return times === found ? [] : [`Of ${what}, expected: ${times} of ${one}. Received: ${found}.`];
  });
};

const PORTS = 4;

/** One alert of each attacker, which has all of its logins, and those of the story. */
const alertProblems = ({ alerts, covered }: Found, { done: { logins } }: Played): Problems => {
  const attacks = [...logins].map(([address, count]) => `Attack by ${address} with ${count}`);
  const received = alerts.map(({ _source: { classname, summary, count, status, closereason } }) =>
    classname === "NoHeartbeat"
      ? `NoHeartbeat ${String(status)} ${String(closereason)}`
      : `${String(classname)} by ${String(summary).split(" ").at(-1) ?? ""} with ${String(count)}`,
  );
  const events = [...logins.values()].reduce((sum, count) => sum + count, 0);
  const names = covered.map(({ _source }) => String(_source.name));
  return [
    ...differences("alerts", [...attacks, `Scan by ${FIRST} with ${PORTS}`, "NoHeartbeat closed resolved"], received),
    ...differences(
      "covered events",
      [...Array.from({ length: events }, () => "Attack"), ...Array.from({ length: PORTS }, () => "Scan")],
      names,
    ),
  ];
};

const titleOf = ({ _source: { alertid, target, notice = "trigger" } }: Stored): string =>
  [alertid, "to", target, notice].map(String).join(" ");

/** Each alert to each target by the routes, and what became of it to those that are told. */
const expectedDeliveries = (alerts: readonly Stored[]): readonly string[] =>
  alerts.flatMap(({ _id, _source }) => {
    const targets = _source.category === "attack" ? ["mail", "pager", "chat"] : ["chat"];
    const notices = [
      ...(_source.status === "acknowledged" ? ["pager", "chat"].map((target) => `${target} acknowledge`) : []),
      ...(_source.status === "closed" ? ["chat resolve"] : []),
    ];
    return [...targets.map((target) => `${target} trigger`), ...notices].map((one) => `${_id} to ${one}`);
  });

const isAboutFirst = (alert: Stored | undefined): boolean => String(alert?._source.summary).endsWith(` ${FIRST}`);

/** What is recorded as sent was taken once; what is muted was not, and there is a reason; nothing else is left. */
const dispatchProblems = ({ _id, _source }: Stored, alerts: readonly Stored[], told: readonly Told[]): Problems => {
  const { status, target, message, times, notice = "trigger", alertid, error } = _source;
  const keys = status === "done" ? [message] : [_id, `${_id}~batch`];
  const taken = told.filter((one) => one.target === target && one.event === notice && keys.includes(one.key));
  if (status === "done") {
    const isOnce = times === 1 && taken.length > 0;
    const isInIt = target !== "mail" || taken.every((one) => one.alerts.includes(String(alertid)));
    return isOnce && isInIt
      ? []
      : [
          `${_id} is recorded as sent ${String(times)} times by ${String(message)}. Received: ${JSON.stringify(taken)}.`,
        ];
  }
  const mayBeMuted =
    isAboutFirst(alerts.find((alert) => alert._id === alertid)) &&
    notice === "trigger" &&
    String(_source.reason).startsWith("silence of ann: blocked");
  if (status === "muted" && mayBeMuted && taken.length === 0) return [];
  return [
    `${_id} is ${String(status)}, for ${JSON.stringify(_source.reason ?? error)}. Expected: done, or muted by the silence and not received. Received: ${JSON.stringify(taken)}.`,
  ];
};

/** Whatever was taken is recorded under its key. */
const messageProblems = (dispatches: readonly Stored[], told: readonly Told[]): Problems => {
  const recorded = new Set(
    dispatches.map(({ _source: { target, message, notice = "trigger" } }) => JSON.stringify([target, message, notice])),
  );
  return told
    .filter(({ target, key, event }) => !recorded.has(JSON.stringify([target, key, event])))
    .map((one) => `It is not recorded that this was sent: ${JSON.stringify(one)}.`);
};

/** Clocks of two processes, and what was on its way when one of them was killed. */
const TOLERANCE_MS = 500;

/** What is taken twice was sent by somebody who was killed before it could be recorded. */
const repeatProblems = ({ told, kills }: Played): Problems => {
  const last = new Map<string, Told>();
  return told.flatMap((one) => {
    const name = JSON.stringify([one.target, one.key, one.event]);
    const before = last.get(name);
    last.set(name, one);
    if (before === undefined) return [];
    const isAfterKill = kills.some((kill) => kill >= before.at - TOLERANCE_MS && kill <= one.at);
    return isAfterKill ? [] : [`Nobody was killed between these two: ${JSON.stringify([before, one])}.`];
  });
};

/** In which every runner learns of a silence, and sends what it has begun. */
const KNOWN_MS = 10_000;

/** Who is silenced is not told of. */
const muteProblems = ({ told, done: { silencedAt } }: Played): Problems =>
  told
    .filter(({ text, at }) => text.endsWith(` ${FIRST}`) && at > silencedAt + KNOWN_MS)
    .map((one) => `This was silenced before: ${JSON.stringify(one)}.`);

const unique = (told: readonly Told[], target: TargetName): readonly Told[] => [
  ...new Map(told.filter((one) => one.target === target).map((one) => [`${one.key} ${one.event}`, one])).values(),
];

/** To PagerDuty each attacker is an incident, and what is acknowledged is one of them. */
const incidentProblems = (told: readonly Told[]): Problems => {
  const messages = unique(told, "pager");
  const of = (event: string) => messages.flatMap((one) => (one.event === event ? [String(one.incident)] : []));
  const triggered = of("trigger");
  return [
    ...differences("incidents", [...new Set(triggered)], triggered),
    ...of("acknowledge")
      .filter((incident) => !triggered.includes(incident))
      .map((incident) => `${incident} is acknowledged, and no incident.`),
  ];
};

const MINUTE_MS = 60_000;

/** A digest comes at a full minute or later, with alerts from before it. */
const digestProblems = (alerts: readonly Stored[], told: readonly Told[]): Problems => {
  const slots = new Map(alerts.map(({ _id, _source }) => [_id, Date.parse(String(_source.utctimestamp))]));
  const digests = unique(told, "mail");
  const early = digests.filter(({ at, alerts: ids }) => {
    const first = Math.min(...ids.map((id) => slots.get(id) ?? at));
    return at < (Math.floor(first / MINUTE_MS) + 1) * MINUTE_MS;
  });
  return [
    ...early.map((one) => `This digest comes before its minute: ${JSON.stringify(one)}.`),
    ...(digests.some(({ alerts: ids }) => ids.length > 1) ? [] : ["No digest has several alerts."]),
  ];
};
