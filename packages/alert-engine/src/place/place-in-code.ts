import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { isAlertCode, packageOf } from "./package-of.ts";

/** Stacks come from code of alerts, which may put anything there. */
const LONGEST_STACK = 20_000;
const LONGEST_PLACE = 300;

/** How many causes are followed. */
const MOST_CAUSES = 5;

/**
 * Where in the code of an alert or a pack an error comes from, as `my-alerts/src/alert-door/alert-door.ts:25:13`: the package, the file
 * in it, line and column. What does not compile has no column. Null when no code of an alert is among what the error says.
 */
export const placeInCode = (error: unknown): string | null => {
  // What caused it is nearer to the place.
  for (const stack of stacksOf(error).toReversed())
    for (const [index, line] of stack.slice(0, LONGEST_STACK).split("\n").entries()) {
      const place = placeOf(index === 0 ? line : (/^ +at (.*)$/.exec(line)?.[1] ?? ""));
      if (place !== null) return place.slice(0, LONGEST_PLACE);
    }
  return null;
};

const stacksOf = (error: unknown, left = MOST_CAUSES): readonly string[] => {
  if (!(error instanceof Error) || left === 0) return [];
  try {
    const { stack, cause } = error as { readonly stack?: unknown; readonly cause?: unknown };
    return [...(typeof stack === "string" ? [stack] : []), ...stacksOf(cause, left - 1)];
  } catch {
    return []; // a property that throws when it is read
  }
};

/** Of a line such as `AlertDoor.onEvent (file:///x/src/alert-door.ts?v=2:25:13)` or `/x/src/alert-door.ts:3`. */
const placeOf = (line: string): string | null => {
  const [, address = "", position = ""] = /^(.*?)((?::\d+){1,2})$/.exec(line.replace(/\)$/, "")) ?? [];
  const file = fileOf(address.slice(address.lastIndexOf("(") + 1).replace(/^async /, ""));
  if (file === null || !isAlertCode(file)) return null;
  const { root, name } = packageOf(file) ?? { root: dirname(file), name: null };
  const inPackage = relative(root, file).split(sep).join("/");
  return `${name === null ? "" : `${name}/`}${inPackage}${position}`;
};

const fileOf = (address: string): string | null => {
  const plain = address.replace(/\?.*$/, "");
  if (plain.startsWith("/")) return plain;
  try {
    return plain.startsWith("file://") ? fileURLToPath(plain) : null;
  } catch {
    return null; // an address that no file has
  }
};
