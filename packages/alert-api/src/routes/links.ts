import { z } from "zod";
import { defineRoutes } from "../route.ts";

/** What is in a link beside the alert. Whatever is wrong with it makes the signature wrong. */
const signed = z.strictObject({
  target: z.string().max(1_000).describe("The target whose message had the link"),
  until: z.string().max(20).describe("When it ends, in seconds since 1970"),
  signature: z.string().max(200),
});

const page = z.string();

/** Pages that work without a log-in, since a link to them is signed: `links.acknowledge` of messages leads here. */
const link = {
  path: "/acknowledge/{id}",
  scope: "anyone",
  query: signed,
  answerType: "text/html",
  answers: { 200: page, 403: page, 404: page },
} as const;

/** What people do from messages about alerts. */
export const linkRoutes = defineRoutes({
  getAcknowledgePage: {
    ...link,
    methods: ["GET"],
    summary: "Asks whoever has followed a link in a message whether they take care of the alert; changes nothing",
  },
  acknowledgeByLink: {
    ...link,
    methods: ["POST"],
    bodyTypes: ["application/x-www-form-urlencoded"],
    summary: "Acknowledges the alert that a link in a message is about, for the target that the link was sent to",
  },
});
