import type { EventFields } from "../event/event.ts";
import { asJsonText, at, isObject, type JsonObject, present, textAt, without } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/** Activities of Google Workspace, single or as a page of the API. @see Google "Reports API", Activities; MozDef `cron/google2mozdef.py` */
export const googleWorkspace: Parser = {
  name: "google-workspace",
  recognise: ({ record }) => record !== undefined && (isActivity(record) || isActivity(firstOf(record.items))),
  parse: ({ record = {} }) => {
    if (isActivity(record)) return eventsOf(record);
    const { items } = record;
    if (!Array.isArray(items)) return null;
    return items.flatMap((item: unknown) => (isActivity(item) ? eventsOf(item) : [{ details: { record: item } }]));
  },
};

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

interface Activity extends JsonObject {
  readonly kind: string;
  readonly events: readonly unknown[];
}

const isActivity = (value: unknown): value is Activity =>
  isObject(value) &&
  typeof value.kind === "string" &&
  value.kind.endsWith("#activity") &&
  Array.isArray(value.events) &&
  value.events.length > 0 &&
  textAt(value, "id.time") !== undefined;

/** An activity may have several events. */
const eventsOf = (activity: Activity): readonly EventFields[] =>
  activity.events.map((event) => eventOf(activity, event));

const SUCCESS = new Map([
  ["login_success", true],
  ["login_failure", false],
]);

const eventOf = (activity: JsonObject, event: unknown): EventFields => {
  const application = textAt(activity, "id.applicationName") ?? "unknown";
  const about = application === "login" ? "authentication" : application;
  const [name, email] = [textAt(event, "name") ?? "unknown", textAt(activity, "actor.email")];
  return {
    category: "google",
    type: "google",
    tags: ["google", about],
    severity: "INFO",
    summary: `google ${about}: ${name} ${email ?? "unknown"}`,
    utctimestamp: textAt(activity, "id.time"),
    details: present({
      ...flat(without(activity, ["events"]), ""),
      ...(isObject(event) ? flat(without(event, ["parameters"]), "events_") : { events: event }),
      ...parametersOf(at(event, "parameters")),
      username: email,
      sourceipaddress: textAt(activity, "ipAddress"),
      success: SUCCESS.get(name),
    }),
  };
};

/** `actor.email` as `actor_email`: two levels, as the API has them; below as JSON text. */
const flat = (record: JsonObject, before: string): JsonObject =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]): (readonly [string, unknown])[] => {
      const own = `${before}${name}`.toLowerCase();
      if (!isObject(value)) return [[own, asJsonText(value)]];
      return Object.entries(value).map(([inner, deep]) => [`${own}_${inner.toLowerCase()}`, asJsonText(deep)]);
    }),
  );

/** Each has its name, and one of several keys for values of different kinds. */
const parametersOf = (parameters: unknown): JsonObject => {
  if (!Array.isArray(parameters)) return {};
  return Object.fromEntries(
    parameters.filter(isObject).map((parameter) => {
      const values = Object.entries(without(parameter, ["name"])).map(([, value]) => value);
      return [`events_parameters_${textAt(parameter, "name") ?? "unnamed"}`.toLowerCase(), asJsonText(values[0])];
    }),
  );
};
