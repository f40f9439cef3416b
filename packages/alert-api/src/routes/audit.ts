import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { list, oneOrMore, time, timestamp, wholeNumber } from "../values.ts";

/** One entry of the audit log. */
export const auditEntry = z.strictObject({
  id: z.string(),
  at: timestamp,
  action: z.string().describe("The route by its name in this contract, or `signIn`"),
  by: z.string().describe("Who: a person, a token, or `anonymous`"),
  via: z
    .string()
    .describe("How they had signed in: `token`, `password`, `oidc`, `proxy`, `local`, `link` (of a message), `none`"),
  address: z.string(),
  outcome: z.enum(["done", "refused", "failed"]),
  status: z.int().describe("Of the answer"),
  code: z.string().nullable().describe("Of the error"),
  target: z.string().nullable().describe("What was changed: the id or name in the address"),
  detail: z.record(z.string(), z.unknown()).describe("The request, without secrets, long texts cut"),
  times: z.int().describe("How often, when the same was refused again and again"),
});

/** What was changed, by whom, and who was refused. */
export const auditRoutes = defineRoutes({
  readAudit: {
    methods: ["GET"],
    path: "/api/audit",
    scope: "admin",
    summary:
      "What was changed over this interface and by whom, and every failed log-in, newest first. `next` of an answer is `after` of the next page",
    query: z.strictObject({
      size: wholeNumber(1, 500, 100),
      after: z.string().max(500).optional().describe("`next` of the page before"),
      by: oneOrMore.optional(),
      action: oneOrMore.optional(),
      outcome: oneOrMore.optional(),
      since: time.optional(),
      until: time.optional(),
    }),
    answers: {
      200: z.strictObject({ entries: list(auditEntry), next: z.string().nullable().describe("null: the end") }),
    },
    errors: { 400: ["STORE_CHANGE_INVALID"] },
  },
});
