import type { AnyNode } from "acorn";
import { fullAncestor } from "acorn-walk";
import type { ParsedSource } from "../../packs/parse-source.ts";
import type { Change, CodeMutant } from "./code-mutant.ts";
import { comparisonChanges, namedNumbers } from "./comparison-changes.ts";
import { conditionChanges } from "./condition-changes.ts";
import { draftChanges } from "./draft-changes.ts";
import { logicalChanges } from "./logical-changes.ts";

/**
 * Every small change of what a file decides inside its functions: conditions, comparisons, numbers compared with, and the alerts
 * that hooks return.
 *
 * @param file - Its path as reports show it.
 * @param firstId - The id of the first one; the others follow.
 */
export const codeMutants = (source: ParsedSource, file: string, firstId: number): readonly CodeMutant[] => {
  const { code, program } = source;
  const numbers = namedNumbers(program);
  const mutants: Omit<CodeMutant, "id">[] = [];
  fullAncestor(program, (visited, _, above) => {
    const node = visited;
    const ancestors: readonly AnyNode[] = above;
    const changes = [
      ...draftChanges(node, ancestors),
      ...conditionChanges(code, node, ancestors),
      ...logicalChanges(code, node, ancestors.at(-2)),
      ...comparisonChanges(code, node, numbers),
    ];
    if (changes.length > 0 && isInFunction(ancestors))
      mutants.push(...changes.map((change) => placed(change, { code, file, owner: ownerOf(ancestors) })));
  });
  return mutants
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((mutant, index) => ({ id: firstId + index, ...mutant }));
};

/** What is decided while a module is loaded is not part of a hook. */
const isInFunction = (ancestors: readonly AnyNode[]): boolean =>
  ancestors.some(({ type }) => type.includes("Function"));

const ownerOf = (ancestors: readonly AnyNode[]): string | null => {
  const found = ancestors.find((node) => node.type === "ClassDeclaration");
  return found?.type === "ClassDeclaration" ? (found.id?.name ?? null) : null;
};

interface Place {
  readonly code: string;
  readonly file: string;
  readonly owner: string | null;
}

const placed = (change: Change, { code, file, owner }: Place): Omit<CodeMutant, "id"> => {
  const line = code.slice(0, change.start).split("\n").length;
  return { ...change, line, owner, description: `${file}:${line} ${change.description}` };
};
