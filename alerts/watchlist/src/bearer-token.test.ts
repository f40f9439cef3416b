import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { bearerToken } from "./bearer-token.ts";

test("a token says who made it, when, and until when it is valid", () => {
  const [header = "", claims = "", signature] = bearerToken("secret", new Date("2017-01-01T01:00:00.900Z")).split(".");
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({ alg: "HS256", typ: "JWT" });
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toEqual({ iat: 1_483_232_400, exp: 1_483_232_700 });
  expect(signature).toBe(createHmac("sha256", "secret").update(`${header}.${claims}`).digest("base64url"));
});
