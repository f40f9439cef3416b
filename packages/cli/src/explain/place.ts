import type { EventParser } from "@mozdef/alert";
import type { ExplainOptions } from "@mozdef/alert-explain";
import type { AlertStore } from "@mozdef/alert-store";
import type { Sources } from "@mozdef/alert/runtime";
import type { FieldKinds } from "@mozdef/query";
import type { AlertSources } from "../events/alert-sources.ts";
import type { PlacedAlert } from "../events/places.ts";

/** Where the events are, and when the alert looks at them. */
export interface OpenPlace {
  readonly store: AlertStore;
  readonly sources: Sources;
  readonly now: Date;
  readonly event: ExplainOptions["event"];
  readonly close: () => Promise<void>;
}

/** An alert and where it looks. */
export interface LookingAlert extends PlacedAlert {
  readonly sources: AlertSources;
  /** Fields that its pack declares. */
  readonly fields: FieldKinds;
  readonly parsers: readonly EventParser[];
}
