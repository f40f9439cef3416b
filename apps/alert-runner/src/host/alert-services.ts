import type { AlertServices } from "@mozdef/alert-engine";
import type { Dns } from "@mozdef/alert";
import type { Log } from "@mozdef/alert/runtime";
import { Resolver } from "node:dns/promises";
import type { FastifyBaseLogger } from "fastify";
import { guardedFetch, type OutboundOptions } from "./guarded-fetch.ts";

/** Reverse look-ups for alerts: an address without a name, or a name server that does not answer, is not an error of the alert. */
export const systemDns = (): Dns => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return {
    reverse: async (address) => {
      try {
        const [name] = await resolver.reverse(address);
        return name ?? null;
      } catch {
        return null;
      }
    },
  };
};

/** The service's log as alerts see it. */
const alertLog = (log: FastifyBaseLogger): Log => ({
  debug: (message, fields) => log.debug(fields ?? {}, message),
  info: (message, fields) => log.info(fields ?? {}, message),
  warn: (message, fields) => log.warn(fields ?? {}, message),
  error: (message, fields) => log.error(fields ?? {}, message),
});

/** The outside world as the service itself sees it: requests go where its configuration says, to receivers of alerts and the like. */
export const alertServices = (log: FastifyBaseLogger, outbound: OutboundOptions): AlertServices => ({
  log: alertLog(log),
  dns: systemDns(),
  fetch: guardedFetch({ ...outbound, isConfigured: true }),
});
