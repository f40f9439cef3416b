import type { AlertDocument } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { enrich } from "../test/enrich.ts";
import { ipaddr } from "./ipaddr.ts";

const after = (details: Record<string, unknown> | undefined): Promise<AlertDocument> =>
  enrich(ipaddr(), { details: { kept: 1 } }, details === undefined ? [] : [{ details }]);

describe("ipaddr", () => {
  it.each([
    [{ sourceipaddress: "192.0.2.7" }, { sourceipaddress: "192.0.2.7", sourceipv4address: "192.0.2.7" }],
    [{ destinationipaddress: "192.0.2.8" }, { destinationipaddress: "192.0.2.8", destinationipv4address: "192.0.2.8" }],
    [{ sourceipaddress: "not one" }, { source: "not one", sourceipaddress: null }],
    [{ destinationipaddress: "host" }, { destination: "host", destinationipaddress: null }],
    [{ http_x_forwarded_for: "192.0.2.1, 10.0.0.1" }, { sourceipaddress: "192.0.2.1", sourceipv4address: "192.0.2.1" }],
    [{ http_x_forwarded_for: "2001:db8::1" }, { sourceipv6address: "2001:db8::1" }],
    [{ http_x_forwarded_for: "unknown" }, {}],
    [
      { http_x_forwarded_for: "192.0.2.1", sourceipaddress: "192.0.2.7" },
      { sourceipaddress: "192.0.2.7", sourceipv4address: "192.0.2.7" },
    ],
    [
      { sourceipaddress: "192.0.2.7", cluster_client_ip: "192.0.2.9" },
      { sourceipaddress: "192.0.2.9", sourceipv4address: "192.0.2.7" },
    ],
    [{ other: 1 }, {}],
  ])("makes of %j the details %j", async (event, expected) => {
    expect((await after(event)).details).toEqual({ kept: 1, ...expected });
  });

  it("moves IPv6 addresses, and says so as MozDef does", async () => {
    const { details, errors } = await after({ sourceipaddress: "2001:db8::1", destinationipaddress: "2001:db8::2" });
    expect(details).toEqual({
      ...{ kept: 1, sourceipv6address: "2001:db8::1", sourceipaddress: "0.0.0.0" },
      ...{ destinationipv6address: "2001:db8::2", destinationipaddress: "0.0.0.0" },
    });
    expect(errors).toEqual([
      "plugin: ipFixUp.py error: sourceipaddress is ipv6, moved",
      "plugin: ipFixUp.py error: destinationipaddress is ipv6, moved",
    ]);
  });

  it("leaves an alert without events, or with one of another shape, as it is", async () => {
    expect((await after(undefined)).details).toEqual({ kept: 1 });
    expect((await enrich(ipaddr(), {}, [{ details: "text" }])).details).toBeUndefined();
  });
});
