import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Limits } from "../config/config-schema.ts";
import { networkOf } from "../addresses/network-of.ts";
import { HttpError } from "./http-error.ts";

type Rates = Pick<Limits, "signInsPerMinute" | "intakeRequestsPerMinute">;

const MINUTE_MS = 60_000;

/** Routes at which somebody signs in. */
const SIGN_IN: ReadonlySet<string | undefined> = new Set(["signIn", "signInAtProvider", "comeBackFromProvider"]);

/** Limits how often one address may try to sign in, and one sender may send events. Call it before routes are added. */
export const limitRates = (app: FastifyInstance, rates: Rates) =>
  app.register(rateLimit, {
    timeWindow: MINUTE_MS,
    max: (request) => rateOf(request, rates) ?? Number.MAX_SAFE_INTEGER,
    allowList: (request) => rateOf(request, rates) === undefined,
    keyGenerator: (request) => `${isSignIn(request) ? "sign-in" : "intake"} ${senderOf(request)}`,
    // Whether the answer says how much is left is nobody's need.
    addHeadersOnExceeding: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    addHeaders: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    errorResponseBuilder: (request, { max, ttl }) => limited(isSignIn(request), max, Math.ceil(ttl / 1_000)),
  });

const isSignIn = ({ routeOptions: { config } }: FastifyRequest): boolean => SIGN_IN.has(config.name);

const rateOf = (request: FastifyRequest, rates: Rates): number | undefined => {
  if (isSignIn(request)) return rates.signInsPerMinute;
  return request.routeOptions.config.route?.scope === "intake" ? rates.intakeRequestsPerMinute : undefined;
};

/** A token, or an address where there is no log-in. */
const senderOf = ({ identity, ip }: FastifyRequest): string =>
  identity === null ? `address ${networkOf(ip)}` : `${identity.via} ${identity.name}`;

const limited = (isOfSignIn: boolean, max: number, retrySeconds: number): HttpError =>
  new HttpError(
    "RATE_LIMITED",
    isOfSignIn
      ? `More than ${max} log-ins a minute from one address are not taken (limits.signInsPerMinute).`
      : `More than ${max} requests with events a minute from one sender are not taken (limits.intakeRequestsPerMinute).`,
    { retrySeconds },
  );
