import { valuesAt } from "@mozdef/alert";
import type { AlertDocument } from "@mozdef/alert/runtime";

/** The first text at a path of the alert's first event; null when there is none. */
export const ofFirstEvent = ({ events }: AlertDocument, path: string): string | null =>
  textOf(events[0]?.documentsource, path);

/** The first text at a path of a document; null when there is none, or an empty one. */
export const textOf = (document: unknown, path: string): string | null => {
  const [value] = valuesAt(document, path).map(String);
  return value === undefined || value === "" ? null : value;
};
