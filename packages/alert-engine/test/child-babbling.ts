// A process that answers what nobody understands, see child-host.test.ts.
import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { CHANNEL_FD, Frames } from "../src/host/child/frames.ts";

const answers: Readonly<Record<string, (id: number) => object>> = {
  log: () => ({ kind: "log", level: "nothing", message: "x" }),
  results: (id) => ({ kind: "results", id, results: [[0, { errors: 5 }]] }),
  kind: () => ({ kind: "__proto__" }),
};

const [what = ""] = process.argv.slice(2);
let key = Buffer.alloc(0);
const hear = (message: { readonly kind: string; readonly id: number; readonly key: Uint8Array }): void => {
  if (message.kind === "key") {
    key = Buffer.from(message.key);
    frames.say({ kind: "ready" }, key);
  } else if (message.kind !== "plan") return;
  else if (what === "bytes") writeSync(CHANNEL_FD, "\u0000\u0000\u0000\u0014what no process says");
  else if (what === "forged") frames.say({ kind: "results", id: message.id, results: [] }, Buffer.alloc(16));
  else frames.say(answers[what]?.(message.id) ?? {}, key);
};
const frames: Frames = new Frames(new Socket({ fd: CHANNEL_FD }), {
  hear: (message) => hear(message as Parameters<typeof hear>[0]),
  onBroken: () => process.exit(1),
});
