import { describe, expect, it } from "vitest";
import { HELP, parseArgs } from "./parse-args.ts";

describe("parseArgs", () => {
  it.each([
    [[], { kind: "serve", config: undefined }],
    [["--config", "a.ts"], { kind: "serve", config: "a.ts" }],
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
  ])("%j", (args, command) => expect(parseArgs(args)).toEqual(command));

  it.each([
    [["--at", "2026-01-31"], "--at needs --once"],
    [["--once", "--at", "noon"], "--at: expected a time in ISO 8601"],
    [["--once", "--at", "2026-13-01"], "--at: expected a time in ISO 8601"],
    [["--port", "1"], "Unknown option '--port'"],
    [["serve"], "serve"],
    [["config"], "config check or config show"],
    [["config", "check", "me"], "config check me"],
    [["--config"], "--config"],
  ])("refuses %j", (args, message) => {
    expect(() => parseArgs(args)).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(message) }),
    );
  });

  it("describes every option", () => {
    for (const option of ["--config", "--once", "--at", "--version", "--help", "PORT", "HOST"])
      expect(HELP).toContain(option);
  });
});
