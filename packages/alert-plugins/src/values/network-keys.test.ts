import { isInNetwork } from "@mozdef/alert";
import { describe, expect, it } from "vitest";
import { NetworkKeys, networkText } from "./network-keys.ts";

describe("NetworkKeys", () => {
  it("gives the keys of networks around an address, the most particular first", () => {
    const keys = new NetworkKeys();
    const networks = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "10.1.2.0/23", "0.0.0.0/0", "2001:db8::/32"];
    const known = new Set(networks.map((network) => keys.add(network)));
    const around = (address: string) => [...keys.of(address)].filter((key) => known.has(key)).map(networkText);
    expect(around("10.1.3.3")).toEqual(["10.1.2.0/23", "10.1.0.0/16", "10.0.0.0/8", "0.0.0.0/0"]);
    expect(around("10.1.2.3")[0]).toBe("10.1.2.3");
    expect(around("::ffff:10.1.2.3")[0]).toBe("10.1.2.3");
    expect(around("2001:DB8:0::7")).toEqual(["2001:db8::/32"]);
    expect(around("2001:db9::7")).toEqual([]);
    expect(around("web1")).toEqual([]);
  });

  it.each([
    "10.0.0.0/33",
    "10.0.0",
    "010.0.0.1",
    "256.0.0.1",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "fe80::1%eth0",
    "::1/129",
    "web1",
    "",
  ])("does not take %j for a network", (text) => {
    expect(new NetworkKeys().add(text)).toBeNull();
  });

  it("agrees with isInNetwork", () => {
    for (const bits of [1, 7, 8, 9, 15, 24, 31, 32])
      for (const address of ["192.0.2.7", "192.0.3.7", "128.0.0.0", "10.0.0.1"]) {
        const keys = new NetworkKeys();
        const key = keys.add(`192.0.2.7/${bits}`);
        expect([...keys.of(address)].includes(key ?? "")).toBe(isInNetwork(address, `192.0.2.7/${bits}`));
      }
  });
});
