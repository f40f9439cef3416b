import { isSeverity, SEVERITIES } from "@mozdef/alert/runtime";
import { simple } from "acorn-walk";
import type { ParsedSource, SourceProblem } from "../../packs/parse-source.ts";

/** Severities written down that the service does not have. */
export const unknownSeverities = ({ program }: ParsedSource): readonly SourceProblem[] => {
  const problems: SourceProblem[] = [];
  simple(program, {
    Property: ({ key, value, computed }) => {
      const isNamed = !computed && key.type === "Identifier" && key.name === "severity";
      if (!isNamed || value.type !== "Literal" || typeof value.value !== "string" || isSeverity(value.value)) return;
      problems.push({
        line: value.loc?.start.line ?? 0,
        message: `${JSON.stringify(value.value)} is not a severity. There are ${SEVERITIES.join(", ")}.`,
      });
    },
  });
  return problems;
};
