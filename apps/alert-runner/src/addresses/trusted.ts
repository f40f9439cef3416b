import ipaddr from "ipaddr.js";

/** Whether an address is one of these, or in one of these networks. IPv4 within IPv6 is IPv4. */
export const trustedBy = (networks: readonly string[]): ((address: string | undefined) => boolean) => {
  const ranges = networks.map(rangeOf);
  return (address) => {
    if (address === undefined || !ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  };
};

const rangeOf = (text: string): [network: ipaddr.IPv4 | ipaddr.IPv6, bits: number] => {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
};
