import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { readableLine } from "./create-log.ts";

const HOSTILE = "\u001b]0;x\u0007\u009b2J\u202eok\nINFO forged";
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}]/u;

/** In a process of its own: the log writes to a descriptor. */
const logged = (isTerminal: boolean): string => {
  const module = JSON.stringify(new URL("create-log.ts", import.meta.url).href);
  const code = `
    const { createLog } = await import(${module});
    const log = createLog("info", { fd: 1, isTTY: ${isTerminal} });
    const text = ${JSON.stringify(HOSTILE)};
    log.info({ event: { [text]: text } }, text);
    log.error({ err: new Error(text) }, "failed");`;
  return spawnSync(process.execPath, ["--conditions=@mozdef/source", "--input-type=module", "--eval", code], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  }).stdout;
};

it("prints nothing on a terminal that moves, hides or turns text", () => {
  const text = logged(true);
  expect(text).toContain(String.raw`\u001b]0;x\u0007\u009b2J\u202eok\u000aINFO forged`);
  expect(text).not.toMatch(UNSEEN);
  // Only the stack has lines of its own, and those are indented.
  expect(text.split("\n").filter((line) => line.startsWith("INFO"))).toEqual([]);
});

it("writes JSON that can be shown on a terminal, and still says the same", () => {
  const text = logged(false);
  expect(text).not.toMatch(UNSEEN);
  const [first = "", second = ""] = text.split("\n");
  expect(JSON.parse(first)).toMatchObject({ msg: HOSTILE, event: { [HOSTILE]: HOSTILE } });
  expect(JSON.parse(second)).toMatchObject({ msg: "failed", err: { message: HOSTILE } });
});

it("keeps what a line says otherwise", () => {
  expect(readableLine('{"level":30,"msg":"a\\tb","list":[1,null,"x"]}\n')).toBe(
    '{"level":30,"msg":"a\\\\u0009b","list":[1,null,"x"]}\n',
  );
});
