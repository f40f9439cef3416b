import { validateHeaderName, validateHeaderValue } from "node:http";
import { StoreError } from "../store-error.ts";
import type { ConnectOptions } from "./connect-options.ts";

/** A wrong option, by its name. @param problem - A sentence; it never holds a secret. */
export const optionError = (name: string, problem: string, cause?: unknown): StoreError =>
  new StoreError("STORE_OPTION_INVALID", `${name}: ${problem}`, { cause });

/**
 * What can be seen to be wrong without asking the cluster.
 *
 * @throws {StoreError} `STORE_OPTION_INVALID` naming the option.
 */
export const checkOptions = (options: ConnectOptions): void => {
  const { node, cloudId, proxy, timeoutMs, headers = {} } = options;
  if ((node === undefined) === (cloudId === undefined))
    throw optionError("node", "expected either node or cloudId. Received: " + (node === undefined ? "none." : "both."));
  for (const one of node === undefined ? [] : [node].flat()) checkUrl("node", one);
  if (proxy !== undefined) checkUrl("proxy", proxy);
  if (cloudId !== undefined) checkCloudId(cloudId);
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs > 0))
    throw optionError("timeoutMs", `expected a whole number of milliseconds above 0. Received: ${timeoutMs}.`);
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value);
  checkTls(options);
};

const checkUrl = (name: string, text: string): void => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== "") return;
  throw optionError(name, `expected an address such as https://search.example.org:9200. Received: ${shown(text)}.`);
};

/** Without the credentials that an address may hold. */
const shown = (address: string): string => JSON.stringify(address.replace(/\/\/[^/@]*@/, "//"));

const checkCloudId = (cloudId: string): void => {
  const [host = "", cluster = ""] = Buffer.from(cloudId.split(":")[1] ?? "", "base64")
    .toString()
    .split("$");
  if (host !== "" && URL.canParse(`https://${cluster}.${host}`) && cluster !== "") return;
  throw optionError(
    "cloudId",
    `expected the cloud id of a deployment, "name:" and base64. Received: ${JSON.stringify(cloudId)}.`,
  );
};

const checkHeader = (name: string, value: string): void => {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw optionError(`headers.${name}`, "its name or value cannot be sent as a header.", cause);
  }
};

const SHA256 = /^[0-9a-f]{2}(?::?[0-9a-f]{2}){31}$/i;

const checkTls = ({ node, tls = {}, proxy }: ConnectOptions): void => {
  const { ca, cert, key, fingerprint } = tls;
  const given = Object.entries(tls).find(([, value]) => value !== undefined)?.[0];
  const plain = [node ?? []].flat().find((one) => one.startsWith("http:"));
  if (given !== undefined && plain !== undefined)
    throw optionError(`tls.${given}`, `is of no use for ${shown(plain)}: expected an address with https.`);
  if ((cert === undefined) !== (key === undefined))
    throw optionError(cert === undefined ? "tls.cert" : "tls.key", "expected both tls.cert and tls.key, or neither.");
  if (fingerprint === undefined) return;
  if (!SHA256.test(fingerprint))
    throw optionError("tls.fingerprint", `expected SHA-256, 64 hex digits. Received: ${JSON.stringify(fingerprint)}.`);
  if (ca !== undefined) throw optionError("tls.fingerprint", "expected either tls.ca or tls.fingerprint, not both.");
  if (proxy !== undefined)
    throw optionError("tls.fingerprint", "cannot be checked through a proxy: give the certificate as tls.ca.");
};
