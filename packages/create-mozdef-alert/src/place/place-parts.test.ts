import { describe, expect, it } from "vitest";
import { frozenInstallCommand, packageManagerOf, scriptCommand } from "./package-manager.ts";
import { matchesPattern } from "./workspace-members.ts";

describe("packageManagerOf", () => {
  it.each([
    [{ files: [] }, "npm", false],
    [{ files: [], userAgent: "pnpm/12.21.0 npm/? node/v26.10.0 linux x64" }, "pnpm", false],
    [{ files: [], userAgent: "yarn/1.22.22 npm/? node/v22.20.0 linux x64" }, "yarn", true],
    [{ files: [], userAgent: "yarn/4.10.3 npm/? node/v22.20.0 linux x64" }, "yarn", false],
    [{ files: [], userAgent: "bun/1.2.3" }, "npm", false],
    [{ files: ["pnpm-lock.yaml"], userAgent: "npm/11.0.0 node/v24.0.0" }, "pnpm", false],
    [{ files: ["yarn.lock"] }, "yarn", true],
    [{ files: ["yarn.lock", ".yarnrc.yml"] }, "yarn", false],
    [{ declared: "yarn@4.10.3", files: ["package-lock.json"], userAgent: "npm/11.0.0" }, "yarn", false],
  ])("%j: %s", (hints, name, isClassic) => {
    expect(packageManagerOf(hints)).toMatchObject({ name, isClassic });
  });

  it.each([
    ["pnpm/12.21.0", "npx pnpm@12.21.0"],
    ["yarn/1.22.22", "npx yarn@1.22.22"],
    ["yarn/4.10.3", "npx @yarnpkg/cli-dist@4.10.3"],
  ])("goes by way of npx where %s is not installed", (userAgent, command) => {
    expect(packageManagerOf({ files: [], userAgent, has: () => false })).toMatchObject({ command });
  });

  it("writes commands as each of them does", () => {
    const [npm, pnpm, yarn] = (["npm", "pnpm", "yarn"] as const).map((name) =>
      packageManagerOf({ files: [], userAgent: `${name}/9.0.0` }),
    );
    expect([npm!, pnpm!, yarn!].map((manager) => scriptCommand(manager, "test"))).toEqual([
      "npm test",
      "pnpm run test",
      "yarn run test",
    ]);
    expect([npm!, pnpm!, yarn!].map((manager) => scriptCommand(manager, "lint", "@a/b"))).toEqual([
      "npm run lint --workspace @a/b",
      "pnpm --filter @a/b run lint",
      "yarn workspace @a/b run lint",
    ]);
    expect([npm!, pnpm!, yarn!].map(frozenInstallCommand)).toEqual([
      "npm ci",
      "pnpm install --frozen-lockfile",
      "yarn install --immutable",
    ]);
  });
});

describe("matchesPattern", () => {
  it.each([
    ["alerts/ssh", ["alerts/*"], true],
    ["alerts/ssh/src", ["alerts/*"], false],
    ["alerts/ssh/src", ["alerts/**"], true],
    ["alerts/ssh", ["./alerts/*/"], true],
    ["alerts/old", ["alerts/*", "!alerts/old"], false],
    ["packages/alerts-x", ["packages/alerts-*"], true],
    ["packages/x", ["packages/alerts-*"], false],
    ["packages/a-b-c", ["packages/a*b*c"], true],
    ["packages/abc", ["packages/a*bb*c"], false],
    ["bench", ["bench"], true],
  ])("%s in %j: %s", (folder, patterns, expected) => {
    expect(matchesPattern(folder, patterns)).toBe(expected);
  });
});
