import type { EventFields } from "../event/event.ts";
import { at, firstText, isObject, type JsonObject, present, textAt } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { connectionOf } from "./guardduty-connection.ts";

/**
 * Findings of GuardDuty, as EventBridge sends them or as they lie in a bucket. Of the probes of ports each one is an event. The
 * finding stays as AWS has it, with its action where MozDef's alert asks for it.
 *
 * @see AWS "GuardDuty finding format"; MozDef `mq/plugins/guardDuty.py`
 */
export const guardduty: Parser = {
  name: "guardduty",
  recognise: ({ record }) => record !== undefined && (isFinding(record) || isFinding(at(record, "detail"))),
  parse: ({ record = {} }) => {
    const { detail } = record;
    if (isFinding(record)) return eventsOf(record, record.updatedAt);
    return isFinding(detail) ? eventsOf(detail, record.time ?? detail.updatedAt) : null;
  },
};

interface Finding extends JsonObject {
  readonly type: string;
}

const isFinding = (value: unknown): value is Finding =>
  isObject(value) &&
  textAt(value, "service.serviceName") === "guardduty" &&
  isObject(at(value, "service.action")) &&
  typeof value.type === "string";

/** An event for each probe, each with a finding that has this one probe. */
const eventsOf = (finding: JsonObject, time: unknown): readonly EventFields[] => {
  const probes = at(finding, "service.action.portProbeAction.portProbeDetails");
  if (!Array.isArray(probes) || probes.length === 0) return [eventOf(finding, time)];
  return probes.map((probe: unknown) => eventOf(withProbe(finding, probe), time));
};

const withProbe = (finding: JsonObject, probe: unknown): JsonObject => {
  const [service, action] = [objectAt(finding, "service"), objectAt(finding, "service.action")];
  const portProbeAction = { ...objectAt(finding, "service.action.portProbeAction"), portProbeDetails: [probe] };
  return { ...finding, service: { ...service, action: { ...action, portProbeAction } } };
};

const objectAt = (value: unknown, path: string): JsonObject => {
  const found = at(value, path);
  return isObject(found) ? found : {};
};

const eventOf = (finding: JsonObject, time: unknown): EventFields => {
  const network = at(finding, "resource.instanceDetails.networkInterfaces");
  const endpoint: unknown = Array.isArray(network) ? network[0] : undefined;
  const publicName = textAt(endpoint, "publicDnsName");
  return {
    source: "guardduty",
    category: "guardduty",
    tags: ["aws", "guardduty"],
    summary: textAt(finding, "title"),
    hostname: publicName ?? textAt(endpoint, "privateDnsName"),
    utctimestamp: time,
    details: present({
      finding: { ...finding, action: at(finding, "service.action") },
      findingid: textAt(finding, "id"),
      findingtype: textAt(finding, "type"),
      type: textAt(finding, "service.action.actionType")?.toLowerCase(),
      arn: textAt(finding, "arn"),
      awsaccountid: textAt(finding, "accountId"),
      awsregion: textAt(finding, "region"),
      resourcetype: textAt(finding, "resource.resourceType"),
      resourcerole: textAt(finding, "service.resourceRole")?.toLowerCase(),
      instanceid: textAt(finding, "resource.instanceDetails.instanceId"),
      awstags: tagsOf(at(finding, "resource.instanceDetails.tags")),
      publicdnsname: publicName,
      publicip: textAt(endpoint, "publicIp"),
      username: textAt(finding, "resource.accessKeyDetails.userName"),
      usertype: textAt(finding, "resource.accessKeyDetails.userType"),
      gdeventcreatedts: firstText(finding, "createdAt"),
      gdeventupdatedts: firstText(finding, "updatedAt"),
      gdeventfirstseents: textAt(finding, "service.eventFirstSeen"),
      gdeventlastseents: textAt(finding, "service.eventLastSeen"),
      ...connectionOf(objectAt(finding, "service.action"), endpoint),
    }),
  };
};

/** Names and values in small letters, as MozDef has them. */
const tagsOf = (tags: unknown): readonly string[] | undefined => {
  if (!Array.isArray(tags) || tags.length === 0) return undefined;
  const texts = tags.flatMap((tag: unknown) => [textAt(tag, "key"), textAt(tag, "value")]);
  return texts.flatMap((text) => (text === undefined ? [] : [text.toLowerCase()]));
};
