import type { EventFields } from "../event/event.ts";
import {
  asJsonText,
  at,
  firstText,
  isObject,
  type JsonObject,
  present,
  textAt,
  without,
  withJsonTexts,
} from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/** Whole objects, and names that everybody chooses for himself. */
const BODIES = ["requestObject", "responseObject", "annotations"];

/** Events of the audit log of Kubernetes, single or as a webhook sends them. @see Kubernetes "Auditing", audit.k8s.io/v1 */
export const kubernetesAudit: Parser = {
  name: "kubernetes-audit",
  recognise: ({ record }) =>
    record !== undefined &&
    (isEvent(record) || (isOfApi(record) && record.kind === "EventList" && Array.isArray(record.items))),
  parse: ({ record = {} }) => {
    const { items } = record;
    if (!Array.isArray(items)) return eventOf(record);
    return items.map((item: unknown) => (isObject(item) ? eventOf(item) : { details: { record: item } }));
  },
};

const isOfApi = ({ apiVersion }: JsonObject): boolean =>
  typeof apiVersion === "string" && apiVersion.startsWith("audit.k8s.io/");

const isEvent = (record: JsonObject): boolean => isOfApi(record) && record.kind === "Event";

const eventOf = (record: JsonObject): EventFields => {
  const [code, username] = [textAt(record, "responseStatus.code"), textAt(record, "user.username")];
  return {
    category: "kubernetes",
    tags: ["kubernetes"],
    severity: "INFO",
    summary: [textAt(record, "verb"), ...targetOf(record), "by", username ?? "unknown", code && `(${code})`]
      .filter((part) => part !== undefined)
      .join(" "),
    utctimestamp: firstText(record, "requestReceivedTimestamp", "stageTimestamp"),
    details: present({
      ...withJsonTexts(without(record, ["requestReceivedTimestamp", "responseStatus"]), BODIES),
      responsestatus: asJsonText(record.responseStatus),
      username,
      // The first one is the client, those after it are proxies.
      sourceipaddress: textAt(record, "sourceIPs"),
      useragent: textAt(record, "userAgent"),
      status_code: code,
      success: code === undefined ? undefined : Number(code) < 400,
    }),
  };
};

/** `secrets prod/db`, or the path of what is no resource. */
const targetOf = (record: JsonObject): readonly (string | undefined)[] => {
  const object = at(record, "objectRef");
  if (!isObject(object)) return [textAt(record, "requestURI")];
  const resource = [textAt(object, "resource"), textAt(object, "subresource")].filter((part) => part !== undefined);
  const name = [textAt(object, "namespace"), textAt(object, "name")].filter((part) => part !== undefined);
  return [resource.join("/"), ...(name.length === 0 ? [] : [name.join("/")])];
};
