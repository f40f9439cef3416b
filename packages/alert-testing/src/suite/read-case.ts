import { preview } from "@mozdef/query/tools";
import { type EventInputs, flatten } from "../build/event-input.ts";
import { isPlainObject, mergeObjects } from "../build/merge.ts";
import { offsetMs } from "../build/offsets.ts";
import { checkKeys } from "./check-keys.ts";
import type { PreparedCase, PreparedRun } from "./prepared-suite.ts";
import type { Refuse } from "./refuse.ts";
import type { ExpectedAlert } from "./expected.ts";
import { readDelivery } from "./read-delivery.ts";
import type { AlertSuite, CaseBase, FiringCase, RunStep, SilentCase } from "./suite.ts";

/** A case of `fires`, checked. */
export const readFiringCase = (suite: AlertSuite, testCase: FiringCase, refuse: Refuse): PreparedCase => {
  const label = labelOf(testCase, refuse);
  checkKeys("firing", testCase, label, refuse);
  checkShape(testCase, label, refuse);
  const openKeys = (testCase.plugins ?? suite.plugins ?? []).length > 0;
  const runs = stepsOf(testCase, label).map(([step, stepLabel]) => {
    if (testCase.runs !== undefined) checkKeys("firingRun", step, stepLabel, refuse);
    const alerts = expectedAlerts(suite, step, { label: stepLabel, openKeys, refuse });
    const resolves = (step.resolves ?? []).map((alert) =>
      expectedAlert(suite, alert, { label: stepLabel, openKeys, refuse }),
    );
    return preparedRun(step, { alerts, resolves }, stepLabel, refuse);
  });
  if (runs.every((run) => run.alerts.length === 0))
    throw refuse(
      `${label} expects no alert. Say which: alert: { summary: "..." }, or alerts: [...] for several. Or move the case to "silent".`,
    );
  const { covers, embeds } = testCase;
  const delivery = readDelivery(suite, testCase, { label, lastMs: runs.at(-1)?.offsetMs ?? 0, refuse });
  return preparedCase(suite, testCase, { kind: "fires", runs, delivery, covers, embeds }, refuse);
};

/** A case of `silent`, checked. */
export const readSilentCase = (suite: AlertSuite, testCase: SilentCase, refuse: Refuse): PreparedCase => {
  const label = labelOf(testCase, refuse);
  checkKeys("silent", testCase, label, refuse);
  checkShape(testCase, label, refuse);
  const runs = stepsOf(testCase, label).map(([step, stepLabel]) => {
    if (testCase.runs !== undefined) checkKeys("silentRun", step, stepLabel, refuse);
    return preparedRun(step, { alerts: [], resolves: [] }, stepLabel, refuse);
  });
  if (runs.every((run) => run.events.length === 0) && (testCase.setup ?? suite.setup) === undefined)
    throw refuse(`${label} has no events, so it proves nothing. Add events that only just do not alert.`);
  return preparedCase(suite, testCase, { kind: "silent", runs, ...OF_FIRING_ONLY }, refuse);
};

const OF_FIRING_ONLY = { delivery: null, covers: undefined, embeds: undefined };

const labelOf = (testCase: unknown, refuse: Refuse): string => {
  const name = typeof testCase === "object" && testCase !== null && "name" in testCase ? testCase.name : undefined;
  if (typeof name === "string" && name.trim() !== "") return `the case "${name}"`;
  throw refuse(
    `a case has no name. Say what is special about it: { name: "nine, one below the threshold", ... }. Received: ${preview(testCase)}.`,
  );
};

type Step = Partial<RunStep>;

const stepsOf = (testCase: FiringCase, label: string): readonly (readonly [step: Step, label: string])[] =>
  testCase.runs === undefined
    ? [[testCase, label]]
    : testCase.runs.map((step, index) => [step, `run ${index + 1} of ${label}`] as const);

const checkShape = (testCase: FiringCase, label: string, refuse: Refuse): void => {
  if (testCase.skip !== undefined && (typeof testCase.skip !== "string" || testCase.skip.trim() === ""))
    throw refuse(`${label} is skipped without a reason. Say it: skip: "waits for the new parser".`);
  if (testCase.reports?.some((part) => typeof part !== "string" || part === "") === true)
    throw refuse(`${label} has "reports" that are not texts. Give parts of the messages: reports: ["cannot be read"].`);
  if (testCase.runs === undefined) return;
  const extra = (["at", "events", "alert", "alerts"] as const).filter((key) => testCase[key] !== undefined);
  if (extra.length > 0) throw refuse(`${label} has "runs" and also "${extra.join('", "')}". Move them into the runs.`);
  if (testCase.runs.length === 0) throw refuse(`${label} has an empty list of runs.`);
  const offsets = testCase.runs.map((run) => offsetMs(run.at));
  if (offsets.some((offset, index) => offset < (offsets[index - 1] ?? Number.NEGATIVE_INFINITY)))
    throw refuse(`${label}: the runs go back in time. Order them by "at".`);
};

interface Reading {
  readonly label: string;
  readonly openKeys: boolean;
  readonly refuse: Refuse;
}

const expectedAlerts = (suite: AlertSuite, step: Step, reading: Reading): readonly ExpectedAlert[] => {
  const { label, refuse } = reading;
  if (step.alert !== undefined && step.alerts !== undefined)
    throw refuse(`${label} has both "alert" and "alerts". Keep one: "alert" for a single alert, "alerts" for several.`);
  const own = step.alerts ?? (step.alert === undefined ? [] : [step.alert]);
  return own.map((alert) => expectedAlert(suite, alert, reading));
};

const expectedAlert = (
  suite: AlertSuite,
  alert: ExpectedAlert,
  { label, openKeys, refuse }: Reading,
): ExpectedAlert => {
  const expected = mergeObjects(suite.alert ?? {}, alert);
  // A plugin may add keys of its own.
  if (!openKeys) checkKeys("alert", expected, `The expected alert of ${label}`, refuse);
  if (Object.keys(expected).length > 0) return expected;
  throw refuse(`${label} expects an alert but says nothing about it. Add what it says: alert: { summary: "..." }.`);
};

const preparedRun = (
  step: Step,
  expected: Pick<PreparedRun, "alerts" | "resolves">,
  label: string,
  refuse: Refuse,
): PreparedRun => {
  const inputs: unknown = step.events ?? [];
  if (!Array.isArray(inputs))
    throw refuse(`${label} has "events" that are not a list of events. Received: ${preview(inputs)}.`);
  const events = flatten(inputs as EventInputs);
  const position = events.findIndex((event) => !isPlainObject(event));
  if (position >= 0)
    throw refuse(`${label} has an event that is not an object. Received: ${preview(events[position])}.`);
  const { acknowledges = [], closes = [] } = step;
  return { offsetMs: offsetMs(step.at ?? "0s"), events, ...expected, acknowledges, closes };
};

const preparedCase = (
  suite: AlertSuite,
  testCase: CaseBase,
  rest: Pick<PreparedCase, "kind" | "runs" | "delivery" | "covers" | "embeds">,
  refuse: Refuse,
): PreparedCase => ({
  ...rest,

  name: testCase.name,
  only: testCase.only === true,
  skip: testCase.skip,
  reports: testCase.reports ?? [],
  event: suite.event ?? {},
  config: { ...configOf(suite, "The suite", refuse), ...configOf(testCase, `the case "${testCase.name}"`, refuse) },
  setup: testCase.setup ?? suite.setup,
  reverseDns: testCase.reverseDns ?? suite.reverseDns,
  plugins: testCase.plugins ?? suite.plugins ?? [],
  replies: [...(testCase.replies ?? []), ...(suite.replies ?? [])],
  requests: testCase.requests,
});

const configOf = ({ config = {} }: { readonly config?: unknown }, label: string, refuse: Refuse): object => {
  if (typeof config === "object" && config !== null && !Array.isArray(config)) return config;
  throw refuse(`${label} has a "config" that is not an object. Received: ${preview(config)}.`);
};
