import { expect, it } from "vitest";
import { readCredential } from "./credentials.ts";
import { TOKEN_PREFIX } from "./secrets.ts";

/** As base64 it would be a name and a secret. */
const TOKEN = `${TOKEN_PREFIX}${Buffer.from("a:".repeat(16)).toString("base64url")}`;

const base64 = (text: string): string => Buffer.from(text).toString("base64");

it.each([
  [`Bearer ${TOKEN}`, null, TOKEN],
  [`  splunk   ${TOKEN} `, null, TOKEN],
  [`ApiKey ${TOKEN}`, null, TOKEN],
  [`ApiKey ${base64(`filebeat:${TOKEN}`)}`, "filebeat", TOKEN],
  [`Basic ${base64(`filebeat:${TOKEN}`)}`, "filebeat", TOKEN],
  [`Basic ${base64("a:b:c")}`, "a", "b:c"],
])("%s is %s with %s", (header, name, secret) => expect(readCredential(header)).toEqual({ name, secret }));

it.each([
  "",
  "Bearer",
  "Bearer ",
  `Bearer ${TOKEN} x`,
  "Basic x",
  `Basic ${base64(":x")}`,
  `Basic ${base64("x:")}`,
  "ApiKey x",
  `Digest ${TOKEN}`,
])("%j is none", (header) => expect(readCredential(header)).toBeNull());
