import type { AlertState, Hit } from "@mozdef/alert";
import { fieldNamed, SearchQuery, TermMatch } from "@mozdef/query";
import { localitiesOfState, storedLocality, type Locality } from "./locality.ts";
import { distanceKm } from "./travel.ts";

const TYPE = "locality";

/** What is known of a user: the document it is stored in, and places. */
export interface UserState {
  readonly id: string;
  readonly localities: readonly Locality[];
}

/** The state of a user; empty when there is none or it is malformed. */
export const loadUser = async (state: AlertState, index: string, username: string): Promise<UserState> => {
  const query = SearchQuery().must(TermMatch(fieldNamed("type_"), TYPE), TermMatch(fieldNamed("username"), username));
  const hits = await state.find(index, query);
  // An index that was made elsewhere may compare words, not whole names.
  const own = hits.find(({ _source }: Hit) => _source.type_ === TYPE && _source.username === username);
  return { id: own?._id ?? `${TYPE}:${username}`, localities: localitiesOfState(own?._source) };
};

export const saveUser = (state: AlertState, index: string, username: string, { id, localities }: UserState): void => {
  state.put(index, id, { type_: TYPE, username, localities: localities.map(storedLocality) });
};

/**
 * Stored localities with those of new events put in: a place that is known moves on to the newer visit, a new place is
 * added. Null when nothing changed.
 *
 * @param fresh - Newest first.
 */
export const withVisits = (stored: readonly Locality[], fresh: readonly Locality[]): readonly Locality[] | null => {
  const updated = [...stored];
  let isChanged = false;
  for (const visit of fresh) {
    const place = updated.findIndex((known) => distanceKm(known, visit) <= Math.min(known.radius, visit.radius));
    if (place >= 0 && !isNews(updated[place], visit)) continue;
    updated.splice(place >= 0 ? place : updated.length, 1, visit);
    isChanged = true;
  }
  return isChanged ? updated : null;
};

/** A later visit, or one at the same time from another address. An earlier one never takes a place back in time. */
const isNews = (known: Locality | undefined, visit: Locality): boolean => {
  const later = visit.lastaction.getTime() - (known?.lastaction.getTime() ?? 0);
  return later > 0 || (later === 0 && visit.sourceipaddress !== known?.sourceipaddress);
};
