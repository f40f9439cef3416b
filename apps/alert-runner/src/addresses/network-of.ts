import ipaddr from "ipaddr.js";

/** What one subscriber has: the first 64 bits of an IPv6 address, and IPv4 as it is, also within IPv6. */
export const networkOf = (address: string): string => {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(":") : parsed.toString();
};
