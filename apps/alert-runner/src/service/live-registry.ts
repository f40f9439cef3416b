import type { AlertRegistry } from "@mozdef/alert-engine";

/** A registry that another one can take the place of while the service runs. */
export interface LiveRegistry extends AlertRegistry {
  readonly replace: (next: AlertRegistry) => void;
}

export const liveRegistry = (first: AlertRegistry): LiveRegistry => {
  let current = first;
  return {
    get alerts() {
      return current.alerts;
    },
    get failures() {
      return current.failures;
    },
    get fields() {
      return current.fields;
    },
    get indices() {
      return current.indices;
    },
    get hasRules() {
      return current.hasRules;
    },
    reload: () => current.reload(),
    replace: (next) => {
      current = next;
    },
  };
};
