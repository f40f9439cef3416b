import type { Config } from "../config/config-schema.ts";
import { RunnerError } from "../runner-error.ts";
import { isLoopback } from "../addresses/loopback.ts";

/**
 * Refuses a service that others could reach without a log-in, or read along with.
 *
 * @throws {RunnerError} `LISTEN_UNPROTECTED`.
 */
export const checkListen = ({ listen, auth }: Pick<Config, "listen" | "auth">): void => {
  const { host, tls, behindProxy, publishedOn } = listen;
  if (isLoopback(host) || publishedOn === "loopback") return;
  const missing = [
    ...(auth === undefined ? ["a log-in (auth: {} and a token: mozdef-alert-runner tokens create --help)"] : []),
    ...(tls === undefined && behindProxy === undefined
      ? [
          "TLS (listen.tls: { cert, key }), or a proxy with TLS before it (listen.behindProxy: { trusted: [its addresses] })",
        ]
      : []),
  ];
  if (missing.length === 0) return;
  throw new RunnerError(
    "LISTEN_UNPROTECTED",
    [
      `The service does not start: on ${host} others can reach it, and it lacks ${missing.join(", and ")}.`,
      'Expected: these settings; or listen.host "127.0.0.1" (HOST in the environment wins over it); or, when only this machine reaches',
      'that address, as with a container whose port is published on 127.0.0.1: listen.publishedOn: "loopback".',
    ].join("\n"),
  );
};
