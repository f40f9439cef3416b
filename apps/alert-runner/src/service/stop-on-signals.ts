import type { FastifyBaseLogger } from "fastify";
import type { Service } from "./create-service.ts";

/** Whoever stops a service gives it about ten seconds before killing it. */
const LONGEST_STOP_MS = 9_500;

/**
 * SIGTERM, SIGINT and SIGHUP stop the service in an orderly way, with exit code 0; a second one ends it at once, but for SIGHUP: a terminal that
 * is closed may send several.
 */
export const stopOnSignals = (service: Service, log: FastifyBaseLogger): void => {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping && signal === "SIGHUP") return;
    if (stopping) process.exit(1);
    stopping = true;
    log.info(`${signal}: finishing what is running`);
    setTimeout(() => {
      log.warn("runs did not end in time, leaving; the next start finishes what they left");
      process.exit(0);
    }, LONGEST_STOP_MS).unref();
    service.stop().then(
      () => {
        log.info("stopped");
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, "could not stop in order");
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
  // Alerts are other people's code: a promise they forgot to await must not end the service for all others.
  process.on("unhandledRejection", (error) => log.error({ err: error }, "an alert left a promise that failed"));
};
