import { AlertError } from "@mozdef/alert/runtime";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeInCode } from "./place-in-code.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mozdef-place-"));
  const install = (path: string, manifest: object): void => {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, "package.json"), JSON.stringify(manifest));
  };
  install(".", { name: "my-alerts" });
  install("node_modules/@you/alerts", { name: "@you/alerts", peerDependencies: { "@mozdef/alert": "1" } });
  install("node_modules/@mozdef/alerts-ssh", { name: "@mozdef/alerts-ssh", dependencies: { "@mozdef/alert": "1" } });
  install("node_modules/@mozdef/alert-engine", {
    name: "@mozdef/alert-engine",
    dependencies: { "@mozdef/alert": "1" },
  });
  install("node_modules/zod", { name: "zod" });
});
afterAll(() => rmSync(folder, { recursive: true }));

const urlOf = (path: string): string => pathToFileURL(join(folder, path)).href;

/** An error whose stack has such lines. */
const thrown = (...frames: readonly string[]): Error => {
  const error = new Error("x is undefined");
  error.stack = ["Error: x is undefined", ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
};

describe("placeInCode", () => {
  it.each([
    ["a method", "AlertDoor.onEvent (URL:25:13)", "src/alert-door.ts", "my-alerts/src/alert-door.ts:25:13"],
    ["a module", "URL:3:1", "src/index.ts", "my-alerts/src/index.ts:3:1"],
    ["an async function", "async URL:3:1", "src/index.ts", "my-alerts/src/index.ts:3:1"],
    ["a module that was loaded again", "f (URL?v=12:25:13)", "src/a.ts", "my-alerts/src/a.ts:25:13"],
    ["an installed pack", "f (URL:1:2)", "node_modules/@you/alerts/dist/a.js", "@you/alerts/dist/a.js:1:2"],
    ["a bundled pack", "f (URL:1:2)", "node_modules/@mozdef/alerts-ssh/dist/a.js", "@mozdef/alerts-ssh/dist/a.js:1:2"],
  ])("names the place of %s", (_, frame, path, place) => {
    expect(placeInCode(thrown(frame.replace("URL", urlOf(path))))).toBe(place);
  });

  it("passes over what runs alerts, libraries and Node.js", () => {
    const frames = [
      "node_modules/zod/index.js",
      "node_modules/@mozdef/alert-engine/dist/index.js",
      "src/alert-door.ts",
    ];
    const error = thrown("parse (node:internal/x:1:1)", ...frames.map((path) => `f (${urlOf(path)}:7:8)`));
    expect(placeInCode(error)).toBe("my-alerts/src/alert-door.ts:7:8");
  });

  it("looks at what caused it first", () => {
    const cause = thrown(`f (${urlOf("src/alert-door.ts")}:7:8)`);
    expect(placeInCode(new AlertError("ALERT_FAILED", "AlertDoor failed", { cause }))).toBe(
      "my-alerts/src/alert-door.ts:7:8",
    );
  });

  it("knows where a file does not compile", () => {
    const error = new SyntaxError("Expression expected");
    error.stack = `${join(folder, "broken.ts")}:2\nexport const b: number = ;\n                         ^\n\nSyntaxError: Expression expected\n    at parseTypeScript (node:internal/x:1:1)`;
    expect(placeInCode(error)).toBe("my-alerts/broken.ts:2");
  });

  it.each([
    ["no error", "text"],
    ["no place", thrown("node:internal/x:1:1")],
    ["an address that is none", thrown("f (file://%:1:1)")],
    ["no stack", Object.assign(new Error("x"), { stack: 5 })],
    [
      "a stack that throws",
      Object.defineProperty(new Error("x"), "stack", {
        get: () => {
          throw new Error("no");
        },
      }),
    ],
    ["a stack without end", Object.assign(new Error("x"), { stack: "(".repeat(5_000_000) })],
  ])("is null for %s", (_, error) => expect(placeInCode(error)).toBeNull());

  it("ends where causes go round", () => {
    const error = new Error("a");
    error.stack = "";
    error.cause = error;
    expect(placeInCode(error)).toBeNull();
  });
});
