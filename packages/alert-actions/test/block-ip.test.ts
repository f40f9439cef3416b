import { blockIp, type BlockIpOptions } from "@mozdef/alert-actions/block-ip";
import { expect, it } from "vitest";
import { message, openReceiver, send } from "./receiver.ts";

const blocked = async (sourceipaddress: unknown, options: Partial<BlockIpOptions> = {}) => {
  const { received, url } = await openReceiver();
  const action = blockIp({ url: url.replace("/hook", "/"), ...options });
  const answer = await send(action, {}, message({ details: { sourceipaddress } }));
  return { answer, received };
};

it.each([
  ["192.0.2.7", "192.0.2.7/32"],
  ["2001:db8::7", "2001:db8::7/128"],
])("has %s blocked as %s, in the words of MozDef's API", async (address, ipaddress) => {
  const { answer, received } = await blocked(address, { token: "jwt-1" });
  expect(answer).toBeUndefined();
  expect(received[0]).toMatchObject({ method: "POST", path: "/blockip", headers: { authorization: "Bearer jwt-1" } });
  expect(JSON.parse(received[0]?.body ?? "")).toEqual([
    { ipaddress },
    { duration: "1d" },
    { comment: "Automatic Block" },
    { referenceid: "" },
    { IPBlockList: true },
    { userid: "MozDef" },
  ]);
});

it("is for MozDef's bruteforce alert unless the configuration says otherwise", () => {
  expect(blockIp({ url: "http://127.0.0.1" }).registration).toEqual(["alertbruteforcessh"]);
  expect(blockIp({ url: "http://127.0.0.1", registration: "scan" }).registration).toBe("scan");
});

it.each([undefined, 7, "", "192.0.2.0/8", "192.0.2.7, 0.0.0.0", "::/0", "fe80::1%eth0", "web1"])(
  "blocks nothing for the address %j",
  async (address) => {
    const { answer, received } = await blocked(address);
    expect(answer).toEqual({ refused: expect.stringContaining("expected an IP address") as string });
    expect(received).toEqual([]);
  },
);

it.each(["10.1.2.3", "2001:db8::1", "::ffff:10.1.2.3"])("never blocks %s of one's own networks", async (address) => {
  const { answer, received } = await blocked(address, { never: ["10.0.0.0/8", "2001:db8::/32"] });
  expect(answer).toEqual({ refused: `nothing was blocked: ${address} is in a network of never` });
  expect(received).toEqual([]);
});

it("blocks the address of each alert of a group, and says what it could not", async () => {
  const { received, url } = await openReceiver();
  const alerts = ["192.0.2.1", "none", "192.0.2.2"].map((sourceipaddress) => message({ details: { sourceipaddress } }));
  const answer = await send(blockIp({ url }), { alerts });
  expect(received).toHaveLength(2);
  expect(answer).toHaveProperty("refused");
});

it.each([
  [500, "retry"],
  [429, "retry"],
  [400, "refused"],
])("takes the answer %i for what it means, without the token", async (status, kind) => {
  const { url } = await openReceiver({ status, body: "jwt-1234567" });
  const details = { sourceipaddress: "192.0.2.7" };
  const answer = await send(blockIp({ url, token: "jwt-1234567" }), {}, message({ details }));
  expect(answer).toEqual({ [kind]: `it answered ${status}: [hidden]` });
});

it.each([
  [{ never: ["10.0.0.0"] }, "never.0: "],
  [{ never: ["10.0.0.0/64"] }, "never.0: "],
  [{ duration: "a day" }, "duration: "],
  [{ events: ["trigger", "resolve"] }, "events: expected trigger only"],
])("refuses the options %j, and names the key", (more, reason) => {
  expect(() => blockIp({ url: "http://127.0.0.1", ...more } as BlockIpOptions)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
