import { AlertError } from "@mozdef/alert/runtime";
import { isServiceIndex } from "@mozdef/alert-store";
import type { Evaluated, TaskRef } from "../host/alert-host.ts";

/**
 * What an alert keeps elsewhere than in the indices of its own pack is not stored, and is its failure: documents of the service are its
 * settings and what it has decided, and those of other packs are theirs. Here, since the code of alerts may run in another process.
 */
export const keepInOwnIndices = (task: TaskRef, evaluated: Evaluated): Evaluated => {
  const foreign = evaluated.kept.find(({ index }) => !mayKeep(task, index));
  if (foreign === undefined) return evaluated;
  const error = new AlertError(
    "ALERT_STATE_FOREIGN",
    `${task.name} keeps a document in ${JSON.stringify(foreign.index.slice(0, 200))}. Expected: ${expected(task)}. Nothing that it keeps is stored.`,
  );
  return { ...evaluated, kept: [], errors: [...evaluated.errors, error] };
};

const mayKeep = ({ indices }: TaskRef, index: string): boolean =>
  !isServiceIndex(index) && (indices?.some((own) => index === own || index.startsWith(`${own}-`)) ?? true);

const expected = ({ indices }: TaskRef): string => {
  if (indices === undefined) return "an index that is not the service's own";
  return indices.length === 0
    ? "an index that its pack declares under `indices`; it declares none"
    : `one of the indices that its pack declares: ${indices.join(", ")}`;
};
