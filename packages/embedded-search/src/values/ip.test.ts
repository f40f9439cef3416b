import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIp, neighbourIp, parseCidr, parseIp } from "./ip.ts";

describe("addresses", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"],
    ["::", "::"],
    ["fe80::1:2", "fe80::1:2"],
    ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
    // What link it is on is of no use to others.
    ["fe80::1%eth0", "fe80::1"],
  ])("%s is shown as %s", (text, shown) => expect(formatIp(parseIp(text) ?? "")).toBe(shown));

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "01.2.3.4",
    "1:2",
    ":::",
    "1::2::3",
    "12345::",
    "::1.2.3",
    "1.2.3.4::",
    "0.0.0.0::1",
    "1:1.2.3.4::1",
  ])("%j is none", (text) => expect(parseIp(text)).toBeUndefined());

  it("come back from what they are shown as", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const bytes = parseIp(text);
        expect(bytes).toHaveLength(16);
        expect(parseIp(formatIp(bytes ?? ""))).toBe(bytes);
      }),
      { seed: 3 },
    );
  });

  it("are ordered as numbers, with neighbours", () => {
    const [nine, ten] = [parseIp("9.255.255.255") ?? "", parseIp("10.0.0.0") ?? ""];
    expect(nine < ten).toBe(true);
    expect(neighbourIp(nine, 1)).toBe(ten);
    expect(neighbourIp(ten, -1)).toBe(nine);
    expect(neighbourIp(parseIp("::") ?? "", -1)).toBeUndefined();
  });

  it("make networks", () => {
    const network = parseCidr("10.1.2.3/12");
    expect([network?.first, network?.last].map((bytes) => formatIp(bytes ?? ""))).toEqual([
      "10.0.0.0",
      "10.15.255.255",
    ]);
    expect(parseCidr("10.0.0.0/33")).toBeUndefined();
    expect(parseCidr("2001:db8::/129")).toBeUndefined();
  });
});
