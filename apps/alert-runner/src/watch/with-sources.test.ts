import { expect, it } from "vitest";
import { needsSources } from "./with-sources.ts";

it.each([
  [["--watch"], [], true],
  [["--watch"], ["--conditions=@mozdef/source"], false],
  [["--once"], [], false],
])("starts %j under %j again with sources: %s", (args, execArgv, expected) =>
  expect(needsSources(args, execArgv)).toBe(expected),
);
