import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { SCOPES } from "../scopes.ts";
import { list, timestamp } from "../values.ts";

/** What tokens and users may be called: it goes into addresses, headers and logs as it is. */
export const accessName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,99}$/i, "expected at most 100 letters, digits, '.', '_', '@' or '-'");

const scope = z.enum(SCOPES);

const DAY_MS = 86_400_000;

/** Days until a token ends, ten years at most. In milliseconds once read. */
const validFor = z
  .string()
  .regex(/^[1-9]\d{0,3}d$/, "expected a number of days, e.g. 90d")
  .transform((text) => Number.parseInt(text, 10) * DAY_MS)
  .refine((ms) => ms <= 3_650 * DAY_MS, "expected 3650d at most");

export const token = z.strictObject({
  name: accessName,
  scope,
  createdAt: timestamp,
  createdBy: z.string(),
  expiresAt: timestamp.nullable().describe("null: never"),
  lastUsedAt: timestamp.nullable().describe("To the minute; null: not yet"),
});

export const madeToken = z.strictObject({
  token,
  secret: z.string().describe("What the caller sends; it is not kept, and not told again"),
});

const createBody = z.strictObject({ name: accessName, scope, expires: validFor.optional() });

/** What programs sign in with. */
export const tokenRoutes = defineRoutes({
  listTokens: {
    methods: ["GET"],
    path: "/api/tokens",
    scope: "admin",
    summary: "The tokens that programs sign in with, by name, without what is secret",
    answers: { 200: z.strictObject({ tokens: list(token) }) },
  },
  createToken: {
    methods: ["POST"],
    path: "/api/tokens",
    scope: "admin",
    summary: `Makes a token for \`${SCOPES.join("`, `")}\`. \`expires\`: \`90d\`; left out: never. The answer has the secret, which is not kept`,
    body: createBody,
    answers: { 201: madeToken },
    errors: { 409: ["TOKEN_EXISTS"] },
  },
  revokeToken: {
    methods: ["DELETE"],
    path: "/api/tokens/{name}",
    scope: "admin",
    summary: "Revokes a token: at once here, within five seconds at other instances",
    answers: { 200: z.strictObject({ revoked: accessName }) },
    errors: { 404: ["TOKEN_NOT_FOUND"] },
  },
});
