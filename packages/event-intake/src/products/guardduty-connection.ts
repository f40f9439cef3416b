import { at, firstText, isObject, type JsonObject, textAt } from "../event/json.ts";

/** Who did what to whom, of whatever action a finding is about. `endpoint` is the network interface of the instance. */
export const connectionOf = (action: JsonObject, endpoint: unknown): JsonObject => {
  const body = Object.entries(action).find(([name, value]) => name.endsWith("Action") && isObject(value))?.[1];
  const probe = at(body, "portProbeDetails");
  if (Array.isArray(probe)) return probeOf(probe[0], endpoint);
  return {
    ...endsOf(body, endpoint),
    direction: textAt(body, "connectionDirection"),
    proto: textAt(body, "protocol"),
    apiname: textAt(body, "api"),
    query: textAt(body, "domain"),
  };
};

const addressOf = (details: unknown): string | undefined => firstText(details, "ipAddressV4", "ipAddressV6");

const probeOf = (probe: unknown, endpoint: unknown): JsonObject => ({
  sourceipaddress: addressOf(at(probe, "remoteIpDetails")),
  destinationipaddress: firstText(endpoint, "publicIp", "privateIpAddress"),
  destinationport: at(probe, "localPortDetails.port"),
  proto: textAt(probe, "localPortDetails.portName"),
  direction: "INBOUND",
});

/** Who connects to others is the source. */
const endsOf = (body: unknown, endpoint: unknown): JsonObject => {
  const remote = { address: addressOf(at(body, "remoteIpDetails")), port: at(body, "remotePortDetails.port") };
  const isConnection = at(body, "localPortDetails") !== undefined;
  const own = isConnection ? firstText(endpoint, "privateIpAddress", "publicIp") : undefined;
  const local = { address: addressOf(at(body, "localIpDetails")) ?? own, port: at(body, "localPortDetails.port") };
  const [source, destination] = textAt(body, "connectionDirection") === "OUTBOUND" ? [local, remote] : [remote, local];
  return {
    sourceipaddress: source.address,
    sourceport: source.port,
    destinationipaddress: destination.address,
    destinationport: destination.port,
  };
};
