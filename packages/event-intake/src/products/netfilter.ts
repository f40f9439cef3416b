import { present } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { readAddress } from "../values/read-address.ts";

const ADDRESSES = / SRC=\S+ DST=\S+ /;

/** `SRC=203.0.113.61`; of a packet within a packet, in brackets, the outer one is first. */
const PAIR = /(?:^|[\s[])([A-Z]{2,5})=(\S*)/g;

/**
 * The packet filter of Linux: `IN=ens3 OUT= MAC=.. SRC=203.0.113.61 DST=192.0.2.61 .. PROTO=TCP SPT=4242 DPT=22 ..`. What else the kernel
 * says alerts read in the summary.
 *
 * @see Linux `net/netfilter/nf_log_syslog.c`
 */
export const netfilter: Parser = {
  name: "netfilter",
  recognise: ({ program, text }) => program === "kernel" && text.includes("IN=") && ADDRESSES.test(text),
  parse: ({ text }) => {
    // The first of each name counts; Map keeps the last.
    const pairs = new Map([...text.matchAll(PAIR)].toReversed().map(([, name = "", value = ""]) => [name, value]));
    const read = (name: string): string | undefined => (pairs.get(name) === "" ? undefined : pairs.get(name));
    return {
      category: "syslog",
      details: present({
        sourceipaddress: readAddress(read("SRC"))?.address,
        destinationipaddress: readAddress(read("DST"))?.address,
        sourceport: read("SPT"),
        destinationport: read("DPT"),
        proto: read("PROTO")?.toLowerCase(),
        interface: read("IN") ?? read("OUT"),
      }),
    };
  },
};
