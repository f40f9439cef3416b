import { describe, expect, it } from "vitest";
import { readConfig } from "../config/define-config.ts";
import { checkListen } from "./check-listen.ts";

const check = (config: object) => () => checkListen(readConfig(config, "test"));

const tls = { cert: "cert.pem", key: "key.pem" };
const behindProxy = { trusted: ["10.0.0.0/8"] };

describe("a service that others can reach", () => {
  it.each([
    [{}],
    [{ listen: { host: "localhost" } }],
    [{ listen: { host: "127.3.4.5" } }],
    [{ listen: { host: "::1" } }],
    [{ listen: { host: "0.0.0.0", publishedOn: "loopback" } }],
    [{ listen: { host: "0.0.0.0", tls }, auth: {} }],
    [{ listen: { host: "10.1.2.3", behindProxy }, auth: {} }],
  ])("may be started with %j", (config) => expect(check(config)).not.toThrow());

  it.each([
    [{ listen: { host: "0.0.0.0" } }, /lacks a log-in .* and TLS/],
    [{ listen: { host: "::" } }, /on :: others can reach it/],
    [{ listen: { host: "192.0.2.7", tls } }, /lacks a log-in \(auth: \{\}[^)]*\)\.\n/],
    [{ listen: { host: "web1" }, auth: {} }, /lacks TLS \(listen\.tls/],
  ])("is not started with %j", (config, message) => {
    expect(check(config)).toThrow(
      expect.objectContaining({ code: "LISTEN_UNPROTECTED", message: expect.stringMatching(message) }),
    );
  });

  it.each([
    [{ listen: { behindProxy: { trusted: ["proxy"] } } }, "expected an address or a network"],
    [{ listen: { behindProxy: { trusted: [] } } }, "listen.behindProxy.trusted"],
    [{ listen: { publishedOn: "everywhere" } }, "listen.publishedOn"],
    [{ listen: { tls: { cert: "a" } } }, "listen.tls.key"],
  ])("is not configured by %j", (config, message) => expect(check(config)).toThrow(message));
});
