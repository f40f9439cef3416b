import { HOOK_NAMES, kindOf } from "@mozdef/alert/runtime";
import type { Check } from "./problem.ts";

/** A search whose hook is not there finds events and makes no alert of them; a silent case does not notice. */
export const checkHooks: Check = ({ methods, searches }) => {
  const wanted = [...new Set(searches.map(({ search }) => search.kind))].map((kind) => {
    const { hook } = kindOf(searches.find(({ search }) => search.kind === kind)?.search ?? { kind });
    return { kind, hook };
  });
  return wanted
    .filter(({ hook }) => !methods.includes(hook))
    .map(({ kind, hook }) => `main returns ${kind}(...), and there is no method ${hook}, which makes its alerts.`);
};

/** What is called like a hook, or nearly, and is none: nobody calls it. */
export const checkHookNames: Check = ({ methods }) =>
  methods
    .filter((name) => !HOOK_NAMES.some((hook) => hook === name))
    .flatMap((name) => {
      const meant = HOOK_NAMES.find((hook) => distance(name.toLowerCase(), hook.toLowerCase()) <= MOST_TYPOS);
      return meant === undefined ? [] : [`the method ${name} is never called. Did you mean ${meant}?`];
    });

const MOST_TYPOS = 3;

/** How many letters have to be put in, taken out or replaced (Levenshtein). */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [done, letter] of Array.from(from).entries()) {
    const next = [done + 1];
    for (let at = 0; at < to.length; at++)
      next.push(
        Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + (letter === to.charAt(at) ? 0 : 1)),
      );
    row = next;
  }
  return row[to.length] ?? 0;
};
