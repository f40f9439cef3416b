import type { Call, Caller } from "./caller.ts";
import { parseLossless } from "./lossless-json.ts";
import { normalize } from "./normalize.ts";
import type { JsonValue, Scenario, Step } from "./scenario.ts";

/** The answer to one step: what differs from run to run is replaced. */
export interface Answer {
  readonly request: string;
  readonly status: number;
  readonly body: JsonValue;
}

type Saved = Map<string, JsonValue>;

const PLACEHOLDER = /\$\{(\w+)\}/g;

const savedText = (saved: Saved, name: string): string => {
  const value = saved.get(name);
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** Puts saved values in place of `${name}`: unchanged when they are the whole text, as text otherwise. */
const fill = (value: JsonValue, saved: Saved): JsonValue => {
  if (typeof value === "string") {
    const [whole, name] = /^\$\{(\w+)\}$/.exec(value) ?? [];
    if (whole !== undefined && name !== undefined) return saved.get(name) ?? null;
    return value.replace(PLACEHOLDER, (_match, key: string) => savedText(saved, key));
  }
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => fill(item, saved));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, saved)]));
};

/** Numbers that JavaScript would change are kept as an object by the parser; they are sent as they were. */
const KEPT_NUMBER = /\{"\$number":"([^"]*)"\}/g;

const asText = (value: JsonValue, saved: Saved): string =>
  typeof value === "string" ? value : JSON.stringify(fill(value, saved)).replace(KEPT_NUMBER, "$1");

const callOf = (step: Step, saved: Saved): Call => {
  const path = step.path.replace(PLACEHOLDER, (_match, key: string) => encodeURIComponent(savedText(saved, key)));
  const base = { method: step.method, path };
  if (step.lines) {
    const body = step.lines.map((line) => `${asText(line, saved)}\n`).join("");
    return { ...base, body, contentType: "application/x-ndjson" };
  }
  const contentType = /_bulk|_msearch/.test(path) ? "application/x-ndjson" : "application/json";
  return { ...base, body: step.body === undefined ? undefined : asText(step.body, saved), contentType };
};

const valueAt = (body: JsonValue, path: string): JsonValue => {
  let value: unknown = body;
  for (const key of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[key];
  return (value ?? null) as JsonValue;
};

const parse = (body: string): JsonValue => {
  if (body === "") return null;
  try {
    return parseLossless(body);
  } catch {
    return body;
  }
};

/** Sends the steps of a scenario one after the other. */
export const runScenario = async ({ steps }: Pick<Scenario, "steps">, caller: Caller): Promise<Answer[]> => {
  const saved: Saved = new Map();
  const answers: Answer[] = [];
  for (const step of steps) {
    const { status, body } = await caller(callOf(step, saved));
    const parsed = parse(body);
    for (const [name, path] of Object.entries(step.save ?? {})) saved.set(name, valueAt(parsed, path));
    answers.push({ request: `${step.method} ${step.path}`, status, body: normalize(parsed) });
  }
  return answers;
};
