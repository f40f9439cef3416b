import { describe, expect, it } from "vitest";
import { HELP } from "./help.ts";
import { parseArgs } from "./parse-args.ts";

const EVERYTHING = ["events", "alerts", "service"];

const ACTION_TEST = { kind: "actions test", config: undefined };

describe("parseArgs", () => {
  it.each([
    [[], { kind: "serve", config: undefined, watches: false }],
    [["--config", "a.ts", "--watch"], { kind: "serve", config: "a.ts", watches: true }],
    [["-h"], { kind: "help" }],
    [["config", "check"], { kind: "config check", config: undefined }],
    [["config", "show", "-c", "x"], { kind: "config show", config: "x" }],
    [["--version", "--once"], { kind: "version" }],
    [["--once"], { kind: "once", config: undefined, at: undefined, isDry: false }],
    [["--once", "--dry-run"], { kind: "once", config: undefined, at: undefined, isDry: true }],
    [["--dry-run", "-c", "x"], { kind: "plan", config: "x" }],
    [
      ["--once", "--at", "2026-01-31T12:00:00Z", "-c", "x"],
      { kind: "once", config: "x", at: new Date("2026-01-31T12:00:00Z"), isDry: false },
    ],
    [["export", "a.gz"], { kind: "export", config: undefined, file: "a.gz", since: undefined, kinds: EVERYTHING }],
    [
      ["export", "-", "--only", "events", "--only", "alerts", "--since", "2026-01-31T12:00:00Z"],
      {
        ...{ kind: "export", config: undefined, file: "-", since: new Date("2026-01-31T12:00:00Z") },
        kinds: ["events", "alerts"],
      },
    ],
    [["import", "-", "-c", "x"], { kind: "import", config: "x", file: "-", replaces: false }],
    [["backup"], { kind: "backup", config: undefined, file: undefined }],
    [["backup", "a", "-c", "x"], { kind: "backup", config: "x", file: "a" }],
    [["restore", "a", "--replace"], { kind: "restore", config: undefined, file: "a", replaces: true }],
    [["import", "a", "--replace"], { kind: "import", config: undefined, file: "a", replaces: true }],
    [
      ["actions", "test", "soc"],
      { ...ACTION_TEST, name: "soc", event: "trigger", id: undefined, by: null, isJson: false },
    ],
    [
      ["actions", "test", "pager", "--event", "resolve", "--id", "test-1", "--by", "ana", "--json"],
      { ...ACTION_TEST, name: "pager", event: "resolve", id: "test-1", by: "ana", isJson: true },
    ],
  ])("%j", (args, command) => expect(parseArgs(args)).toEqual(command));

  it.each([
    [["--at", "2026-01-31"], "--at needs --once"],
    [["actions"], "actions: expected test and the name of one action"],
    [["actions", "test", "a", "b"], "actions: expected test and the name of one action"],
    [["actions", "test", "a", "--event", "reopen"], "--event: expected one of trigger, acknowledge, resolve"],
    [["actions", "test", "a", "--id", "a/b"], "--id: expected letters"],
    [["actions", "test", "a", "--once"], "--once does not go with actions test"],
    [["backup", "--json"], "--json does not go with backup"],
    [["--watch", "--once"], "--watch is for the service that runs on"],
    [["--watch", "--dry-run"], "--watch is for the service that runs on"],
    [["backup", "--watch"], "--watch does not go with backup"],
    [["--once", "--at", "noon"], "--at: expected a time in ISO 8601"],
    [["--once", "--at", "2026-13-01"], "--at: expected a time in ISO 8601"],
    [["--port", "1"], "Unknown option '--port'"],
    [["serve"], "serve"],
    [["config"], "config check, config show, actions test, backup, restore, export, import, tokens or users"],
    [["config", "check", "me"], "config check me"],
    [["--config"], "--config"],
    [["config", "check", "--once"], "--once does not go with config check"],
    [["export"], "export: expected the name of one file"],
    [["restore"], "restore: expected the name of one file"],
    [["backup", "a", "--replace"], "--replace does not go with backup"],
    [["import", "a", "b"], 'Received: "a b"'],
    [["export", "a", "--only", "pets"], "--only: expected one of events, alerts, service"],
    [["export", "a", "--since", "noon"], "--since: expected a time in ISO 8601"],
    [["export", "a", "--replace"], "--replace does not go with export"],
    [["import", "a", "--since", "2026-01-01"], "--since does not go with import"],
    [["--replace"], "--replace does not go with the service"],
    [["tokens"], 'tokens: expected create NAME --scope SCOPE, list, or revoke NAME. Received: "nothing"'],
    [
      ["tokens", "create", "a"],
      '--scope: expected one of intake, metrics, read, handle, operate, admin. Received: "nothing"',
    ],
    [["tokens", "create", "a b", "--scope", "read"], "NAME: expected at most 100 letters"],
    [["tokens", "create", "a", "--scope", "read", "--expires", "soon"], "--expires: expected a number of days"],
    [["tokens", "list", "--scope", "read"], "--scope does not go with tokens list"],
    [["users", "create"], "users: expected create NAME --role ROLE"],
    [
      ["users", "create", "ann", "--role", "boss"],
      '--role: expected one of viewer, analyst, operator, admin. Received: "boss"',
    ],
    [["users", "role", "ann"], "--role: expected one of viewer"],
    [["users", "remove", "ann", "--role", "admin"], "--role does not go with users remove"],
  ])("refuses %j", (args, message) => {
    expect(() => parseArgs(args)).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(message) }),
    );
  });

  it("describes every option", () => {
    for (const option of [
      ...["--config", "--once", "--at", "--version", "--help", "PORT", "HOST"],
      ...[
        "export FILE",
        "import FILE",
        "tokens create NAME",
        "tokens list",
        "tokens revoke NAME",
        "--scope",
        "--expires",
        "backup [FILE]",
        "restore FILE",
        "--since",
        "--only",
        "--replace",
      ],
    ])
      expect(HELP).toContain(option);
  });
});
