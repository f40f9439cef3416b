import { console as printed } from "@mozdef/alert-actions";
import { expect, it } from "vitest";
import { message, send } from "./receiver.ts";

it("console prints one line an alert, in which nothing steers the terminal", async () => {
  const lines: string[] = [];
  const action = printed({ write: (line) => void lines.push(line), registration: "ssh" });
  expect(action).toMatchObject({ kind: "console", registration: "ssh" });
  await send(action, {}, message({ summary: "login of \u001b[31mroot\nWARNING \u202Etxet" }));
  expect(lines).toEqual([
    "2026-03-10T08:59:00+00:00 WARNING AlertBruteforceSsh login of \\u001b[31mroot\\u000aWARNING \\u202etxet",
  ]);
});
