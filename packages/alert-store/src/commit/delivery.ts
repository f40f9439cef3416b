import type { AlertMessage, EventIds, NewAlert } from "@mozdef/alert/runtime";
import { deliveryIndex } from "../names.ts";
import type { StateDocument } from "./state-document.ts";

/**
 * How far an alert has come. `prepared`: what it covers may not all be noted yet; `committed`: it is, and the alert is queued for its
 * targets, see `dispatch/`; `refused`: the store did not take the alert, its events stay unmarked.
 */
export type DeliveryStatus = "prepared" | "committed" | "refused";

/** An alert on its way, stored under the alert's id. */
export interface Delivery {
  readonly type: "delivery";
  readonly name: string;
  readonly status: DeliveryStatus;
  readonly utctimestamp: string;
  /** As stored, with the logical name of its index. */
  readonly alert: AlertMessage;
  /** The events the alert covers: `[index, id]`. */
  readonly covers: readonly (readonly [index: string, id: string])[];
  /** How many documents beside this one name further events that it covers. Default: none. */
  readonly parts?: number;
  /** Where it goes once all else is done: names of targets. Default: nowhere. */
  readonly targets?: readonly string[];
  /** What the run of the alert keeps: stored with the marks, also when a dead process's work is finished. */
  readonly keeps?: readonly StateDocument[];
}

/** Further events that an alert covers: a delivery has at most 50,000, so that its document stays small. */
export interface CoversPart extends EventIds {
  readonly type: "covers";
  /** The id of the alert. */
  readonly of: string;
}

/** A delivery at work, with its parts. */
export interface WholeDelivery extends Delivery {
  readonly further: readonly CoversPart[];
}

/** The id of a part is that of its delivery, and a number. */
export const partId = (alertId: string, position: number): string => `${alertId}-${position}`;

/** An alert that is to be stored, with what its run keeps. */
export interface PendingAlert extends NewAlert {
  /** Names of the targets that it goes to. Default: none. */
  readonly targets?: readonly string[];
  readonly keeps?: readonly StateDocument[];
}

/** The delivery of an alert that was just made. */
export const deliveryOf = ({
  alert,
  covers,
  coversFurther = [],
  keeps = [],
  targets = [],
}: PendingAlert): WholeDelivery => {
  const refs = covers.map(({ _index, _id }): readonly [string, string] => [_index, _id]);
  const further = [...idsByIndex(refs.slice(MOST_COVERS)), ...coversFurther].flatMap((part) =>
    partsOf(alert._id, part),
  );
  return {
    type: "delivery",
    name: alert._source.classname,
    status: "prepared",
    utctimestamp: alert._source.utctimestamp,
    alert,
    covers: refs.slice(0, MOST_COVERS),
    ...(further.length > 0 && { parts: further.length }),
    ...(targets.length > 0 && { targets }),
    ...(keeps.length > 0 && { keeps }),
    further,
  };
};

/** Events in one document: about 3 MB. */
const MOST_COVERS = 50_000;

const idsByIndex = (refs: readonly (readonly [index: string, id: string])[]): readonly EventIds[] => {
  const indices = new Map<string, string[]>();
  for (const [index, id] of refs) {
    const ids = indices.get(index) ?? [];
    ids.push(id);
    indices.set(index, ids);
  }
  return [...indices].map(([index, ids]) => ({ index, ids }));
};

const partsOf = (of: string, { index, ids }: EventIds): readonly CoversPart[] =>
  Array.from({ length: Math.ceil(ids.length / MOST_COVERS) }, (_, part) => ({
    type: "covers",
    of,
    index,
    ids: ids.slice(part * MOST_COVERS, (part + 1) * MOST_COVERS),
  }));

/** Where a delivery is stored: by the day of its alert, so that old ones go with their index. */
export const indexOfDelivery = (delivery: Delivery): string => deliveryIndex(new Date(delivery.utctimestamp));
