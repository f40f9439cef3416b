import { expect, it } from "vitest";
import { trustedBy } from "./trusted.ts";

it.each<[networks: string[], address: string | undefined, isTrusted: boolean]>([
  [["10.0.0.5"], "10.0.0.5", true],
  [["10.0.0.5"], "::ffff:10.0.0.5", true],
  [["10.0.0.5"], "10.0.0.6", false],
  [["10.0.0.0/8"], "10.9.9.9", true],
  [["10.0.0.0/8"], "11.0.0.1", false],
  [["10.0.0.0/8", "2001:db8::/32"], "2001:db8::1", true],
  [["::1"], "127.0.0.1", false],
  [["0.0.0.0/0"], "::1", false],
  [["10.0.0.0/8"], "10.0.0.1, 192.0.2.7", false],
  [["0.0.0.0/0"], undefined, false],
])("%j: %s is %s", (networks, address, isTrusted) => expect(trustedBy(networks)(address)).toBe(isTrusted));
