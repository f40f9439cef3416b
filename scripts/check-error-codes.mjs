// docs/errors.md lists every error code of the packages, and no other.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const CODE_UNION = /export type \w+ErrorCode =([^;]+);/g;

export const checkErrorCodes = async (root) => {
  const inCode = new Map();
  for (const file of globSync("{packages,apps,alerts}/*/src/**/*.ts", { cwd: root }))
    for (const [, union] of readFileSync(join(root, file), "utf8").matchAll(CODE_UNION))
      for (const [, code] of union.matchAll(/"([A-Z][A-Z0-9_]+)"/g)) inCode.set(code, file);
  const listed = new Set(
    [...readFileSync(join(root, "docs/errors.md"), "utf8").matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, code]) => code),
  );
  return [
    ...[...inCode]
      .filter(([code]) => !listed.has(code))
      .map(([code, file]) => `docs/errors.md does not explain ${code} of ${file}`),
    ...[...listed]
      .filter((code) => !inCode.has(code))
      .map((code) => `docs/errors.md explains ${code}, which no package has`),
  ];
};
