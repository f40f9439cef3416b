import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { by, list, timestamp, wholeNumber } from "../values.ts";

const status = z.enum(["pending", "done", "dead", "muted"]);

export const delivery = z.strictObject({
  id: z.string().describe("Of the alert and the target; sent along with each attempt as a key"),
  target: z.string().describe("The name of the action in the configuration"),
  status: status.describe(
    "`pending`: to be sent; `done`: the target has it; `dead`: given up, until it is sent again; `muted`: not sent, see `reason`",
  ),
  alert: z.string().describe("The id of the alert"),
  name: z.string().describe("The name of the alert"),
  utctimestamp: timestamp.describe("When the alert was made"),
  event: z
    .enum(["trigger", "acknowledge", "resolve"])
    .describe("What is told: that the alert was made, or what became of it"),
  route: z.string().nullable().describe("The route that leads there; null where there are no routes"),
  group: z.string().nullable().describe("Deliveries of one group are sent as one message"),
  escalation: z.boolean().describe("Sent only when nobody has acknowledged or closed the alert"),
  times: z.int().describe("How often the target got it"),
  sentAt: z.string().nullable().describe("ISO 8601. When the target got it last"),
  reason: z
    .string()
    .nullable()
    .describe("Why it is not sent, or put off: a silence, another alert, or that somebody has closed it"),
  attempts: z.int(),
  nextAt: z.string().describe("ISO 8601. When it is due; when it was decided, for one that is not pending"),
  firstAt: z.string().nullable().describe("ISO 8601. When it was tried first"),
  error: z.string().nullable().describe("What the last attempt failed with"),
});

const replayBody = z
  .strictObject({
    ids: z.array(z.string().min(1).max(1_000)).min(1).max(1_000).optional(),
    target: z.string().min(1).max(100).optional(),
    by,
  })
  .refine(({ ids, target }) => (ids === undefined) !== (target === undefined), "expected either ids or target");

/** Alerts on their way to the actions of the configuration. */
export const deliveryRoutes = defineRoutes({
  listDeliveries: {
    methods: ["GET"],
    path: "/api/deliveries",
    scope: "read",
    summary: "What is to be sent, was sent or was given up, the newest alerts first",
    query: z.strictObject({
      status: status.optional(),
      target: z.string().optional(),
      alert: z.string().optional().describe("The id of an alert"),
      size: wholeNumber(1, 1_000, 100),
    }),
    answers: { 200: z.strictObject({ deliveries: list(delivery) }) },
  },
  replayDeliveries: {
    methods: ["POST"],
    path: "/api/deliveries/replay",
    scope: "operate",
    summary:
      "Sends again: the deliveries of `ids`, whatever came of them, or all that were given up for a `target`, up to 1,000 at a time",
    body: replayBody,
    answers: {
      200: z.strictObject({
        replayed: list(z.string()).describe("Ids of deliveries that are pending again"),
        missing: list(z.string()).describe("Ids that there are not"),
        more: z.boolean().describe("Whether the target may have further ones that were given up"),
      }),
    },
  },
});
