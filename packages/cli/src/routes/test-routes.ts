import { messageOf } from "@mozdef/alert";
import {
  destinationsOf,
  readRoutes,
  readWindows,
  type Route,
  type RouteInput,
  routesOfAlert,
  takesEveryAlert,
  type WindowInput,
} from "@mozdef/alert-engine";
import { actionProblem, type AlertAction, type AlertMessage } from "@mozdef/alert/runtime";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { parseTime, readText } from "../parse-options.ts";
import { findServiceConfig, readServiceConfig, type ServiceConfig } from "../service/service-config.ts";
import type { Terminal } from "../terminal.ts";

export interface RoutesTestOptions {
  readonly service?: string;
  /** When the alert is made. Default: now. */
  readonly at?: string;
  /** Names of actions, with commas between them: exactly these have to get it. */
  readonly expect?: string;
  readonly json?: boolean;
}

/** What becomes of an alert. */
interface RoutesTest {
  /** Paths of the routes that it takes; null where there are none. */
  readonly routes: readonly string[] | null;
  readonly deliveries: readonly {
    readonly target: string;
    readonly route: string | null;
    readonly at: string;
    readonly escalation: boolean;
    readonly grouped: boolean;
  }[];
  /** Maintenance windows that mute it at that time. */
  readonly windows: readonly string[];
}

/**
 * Says where an alert goes by the configuration of the service, and why.
 *
 * @param given - A file with the alert as JSON, `-` for standard input, or fields such as `severity=CRITICAL`.
 */
export const testRoutes = async (
  given: readonly string[],
  options: RoutesTestOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const file = findServiceConfig(options.service, terminal.cwd);
  if (file === null)
    throw new CliError(
      "CLI_CONFIG_INVALID",
      "There is no mozdef.config.ts here or in the folders above, so there are no routes. Name it: --service <file>.",
    );
  const config = await readServiceConfig(file);
  const now = options.at === undefined ? new Date() : parseTime("--at", options.at);
  const alert = alertOf(await readAlert(given, terminal), now);
  const { actions, routes, windows } = rulesOf(config);
  const result = resultOf({ actions, routes, windows }, alert, now);
  if (routes !== null && !takesEveryAlert(routes)) terminal.err(NOT_FOR_ALL);
  terminal.out(options.json === true ? JSON.stringify(result, null, 2) : printed(result, routes, alert));
  return options.expect === undefined ? EXIT.ok : verdict(options.expect, result, terminal);
};

const NOT_FOR_ALL =
  "Warning: there are alerts that fit no route, and go to nobody. Let the last route have `to` and no match.";

interface Rules {
  readonly actions: Readonly<Record<string, AlertAction>>;
  readonly routes: readonly Route[] | null;
  readonly windows: ReturnType<typeof readWindows>;
}

const rulesOf = ({ file, actions, routes, windows }: ServiceConfig): Rules => {
  for (const [name, action] of Object.entries(actions)) {
    const problem = actionProblem(action);
    if (problem !== null) throw new CliError("CLI_CONFIG_INVALID", `${file}: wrong actions.${name}: ${problem}.`);
  }
  try {
    return {
      actions: actions as Readonly<Record<string, AlertAction>>,
      routes: routes === undefined ? null : readRoutes(routes as readonly RouteInput[], Object.keys(actions)),
      windows: readWindows(windows as readonly WindowInput[]),
    };
  } catch (cause) {
    throw new CliError("CLI_CONFIG_INVALID", `${file}: ${messageOf(cause)}`, { cause });
  }
};

const resultOf = ({ actions, routes, windows }: Rules, alert: AlertMessage, now: Date): RoutesTest => ({
  routes: routes === null ? null : routesOfAlert(routes, alert._source).map(({ path }) => path),
  deliveries: destinationsOf({ actions, routes }, alert, now).map(
    ({ target, route = null, nextat, isEscalation = false, groupid }) => ({
      ...{ target, route, at: nextat, escalation: isEscalation, grouped: groupid !== undefined },
    }),
  ),
  windows: windows.filter((window) => window.isWithin(now) && window.matches(alert._source)).map(({ name }) => name),
});

const printed = (result: RoutesTest, routes: readonly Route[] | null, alert: AlertMessage): string => {
  const lines = routes === null ? ["There are no routes: the alert goes to every action that wants it."] : [];
  for (const route of routes ?? []) lines.push(...treeOf(route, alert, result.routes ?? [], 0));
  lines.push("");
  if (result.deliveries.length === 0) lines.push("Nobody is sent this alert.");
  for (const { target, route, at, escalation, grouped } of result.deliveries) {
    const how = [
      ...(route === null ? [] : [`by route ${route}`]),
      ...(escalation ? ["when nobody has acknowledged it"] : []),
      ...(grouped ? ["with others of its group"] : []),
    ];
    lines.push(`-> ${target} at ${at}${how.length === 0 ? "" : `, ${how.join(", ")}`}`);
  }
  for (const name of result.windows) lines.push(`muted by the maintenance window ${JSON.stringify(name)}`);
  return lines.join("\n").trimStart();
};

const treeOf = (route: Route, alert: AlertMessage, taken: readonly string[], depth: number): readonly string[] => {
  const fits = route.matches(alert._source);
  const mark = taken.includes(route.path) ? "*" : fits ? "+" : "-";
  const say = taken.includes(route.path) ? "taken" : fits ? "fits" : "does not fit";
  const line = `${"  ".repeat(depth)}${mark} ${route.path}  ${say}${route.to.length > 0 ? `  (${route.to.join(", ")})` : ""}`;
  return [line, ...route.routes.flatMap((within) => treeOf(within, alert, taken, depth + 1))];
};

const verdict = (expect: string, { deliveries }: RoutesTest, terminal: Terminal): ExitCode => {
  const wanted = [
    ...new Set(
      expect
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ].sort();
  const got = [...new Set(deliveries.map(({ target }) => target))].sort();
  if (wanted.join() === got.join()) return EXIT.ok;
  terminal.err(`Expected: ${wanted.join(", ") || "nobody"}. Received: ${got.join(", ") || "nobody"}.`);
  return EXIT.found;
};

const FIELD = /^([^=]+)=(.*)$/s;

const readAlert = async (given: readonly string[], terminal: Terminal): Promise<Readonly<Record<string, unknown>>> => {
  const [first = "-"] = given;
  if (given.length > 0 && given.every((word) => FIELD.test(word))) return fieldsOf(given);
  if (given.length > 1)
    throw new CliError(
      "CLI_OPTION_INVALID",
      `Expected one file, or fields such as severity=CRITICAL. Received: ${given.join(" ")}.`,
    );
  const text = first === "-" ? await terminal.readInput() : readText(resolve(terminal.cwd, first));
  try {
    const value = JSON.parse(text) as { readonly _source?: unknown } | null;
    const source = value?._source ?? value;
    if (typeof source === "object" && source !== null && !Array.isArray(source))
      return source as Readonly<Record<string, unknown>>;
    throw new Error("it is not an object");
  } catch (cause) {
    throw new CliError("CLI_OPTION_INVALID", `${first} is not an alert as JSON: ${messageOf(cause)}.`, { cause });
  }
};

/** `details.site.name=ber` is a field within another; a field that is given twice is a list. */
const fieldsOf = (words: readonly string[]): Readonly<Record<string, unknown>> => {
  const fields = new Map<string, string[]>();
  for (const word of words) {
    const [, name = "", value = ""] = FIELD.exec(word) ?? [];
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [NAMES.get(name) ?? name, values.length > 1 ? values : values[0]]),
  );
};

const NAMES: ReadonlyMap<string, string> = new Map([
  ["name", "classname"],
  ["tag", "tags"],
]);

/** With what every alert has, so that actions can look at it. */
const alertOf = (fields: Readonly<Record<string, unknown>>, now: Date): AlertMessage => {
  const { tags, events, details, ...rest } = fields;
  const dotted = Object.entries(rest).filter(([name]) => name.startsWith("details."));
  const inDetails = Object.fromEntries(dotted.map(([name, value]) => [name.slice("details.".length), value]));
  return {
    _index: "alerts",
    _id: "test",
    _source: {
      ...{ utctimestamp: now.toISOString(), severity: "NOTICE", summary: "", category: "", classname: "" },
      ...{ channel: null, notify_mozdefbot: true, status: "manual" as const },
      ...Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("details."))),
      tags: tags === undefined ? [] : [tags].flat().map(String),
      events: Array.isArray(events) ? (events as AlertMessage["_source"]["events"]) : [],
      details: { ...(details as object | undefined), ...inDetails },
    },
  };
};
