import { AlertError } from "@mozdef/alert/runtime";
import ipaddr from "ipaddr.js";
import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";

/** Says of addresses whether requests may go there. */
export class Guard {
  readonly #names: ReadonlySet<string>;
  readonly #networks: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];

  constructor(allow: readonly string[]) {
    this.#names = new Set(allow.map((name) => name.toLowerCase()));
    this.#networks = allow.map(networkOf).filter((network) => network !== null);
  }

  /**
   * Of an address without a name; names are looked at when they are looked up.
   *
   * @throws {AlertError} `ALERT_FETCH_REFUSED`.
   */
  check(url: URL): void {
    const address = url.hostname.replaceAll(/[[\]]/g, "");
    if (isIP(address) !== 0 && !this.#isAllowed(address)) throw refusedAddress(url.hostname, address);
  }

  readonly lookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: readonly LookupAddress[]) => {
      const wrong = this.#names.has(hostname.toLowerCase())
        ? undefined
        : addresses.find(({ address }) => !this.#isAllowed(address));
      const [first] = addresses;
      if (error !== null) callback(error, []);
      else if (wrong !== undefined) callback(refusedAddress(hostname, wrong.address), []);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first?.address ?? "", first?.family);
    });
  };

  #isAllowed(text: string): boolean {
    const address = ipaddr.process(text);
    return (
      address.range() === "unicast" ||
      this.#networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
    );
  }
}

/** Null for the name of a host. */
const networkOf = (entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | null => {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.isValid(entry)) return null;
  const address = ipaddr.process(entry);
  return [address, address.kind() === "ipv4" ? 32 : 128];
};

/** Without the path and the query: they may hold credentials. */
export const refused = ({ origin }: URL, expected: string, received: string): AlertError =>
  new AlertError(
    "ALERT_FETCH_REFUSED",
    `context.fetch does not ask ${origin}. Expected: ${expected}. Received: ${received}.`,
  );

const refusedAddress = (host: string, address: string): AlertError =>
  new AlertError(
    "ALERT_FETCH_REFUSED",
    `context.fetch does not ask ${host.slice(0, 200)}. Expected: a public address, or one that outbound.allow of the configuration names. Received: ${address}.`,
  );
