// docs/errors.md lists every error code of the packages, and no other.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./repository.ts";

const CODE_UNION = /export type \w+ErrorCode =(?<union>[^;]+);/g;

const CODE_ROW = /^\| `([A-Z0-9_]+)`/gm;

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, first]) => first ?? "");

/** Each code of the packages with the file that has it. */
const codesInSources = (): ReadonlyMap<string, string> =>
  new Map(
    globSync("{packages,apps,alerts}/*/src/**/*.ts", { cwd: root }).flatMap((file) =>
      matches(readFileSync(join(root, file), "utf8"), CODE_UNION).flatMap((union) =>
        matches(union, /"([A-Z][A-Z0-9_]+)"/g).map((code): [string, string] => [code, file]),
      ),
    ),
  );

const repeated = (codes: readonly string[]): readonly string[] =>
  codes
    .filter((code, index) => codes.indexOf(code) !== index)
    .map((code) => `docs/errors.md explains ${code} twice in a section`);

export const checkErrorCodes = (): readonly string[] => {
  const inCode = codesInSources();
  const text = readFileSync(join(root, "docs/errors.md"), "utf8");
  const listed = new Set(matches(text, CODE_ROW));
  return [
    ...[...inCode]
      .filter(([code]) => !listed.has(code))
      .map(([code, file]) => `docs/errors.md does not explain ${code} of ${file}`),
    ...[...listed]
      .filter((code) => !inCode.has(code))
      .map((code) => `docs/errors.md explains ${code}, which no package has`),
    ...text.split(/^## /m).flatMap((section) => repeated(matches(section, CODE_ROW))),
  ];
};
