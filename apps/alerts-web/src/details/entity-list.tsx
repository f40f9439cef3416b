import type { Alert, RelatedEntity } from "@mozdef/alert-api";
import { listSources } from "../api/event-api.ts";
import { formatFilters, noFilters } from "../list/filters.ts";
import { listAddress } from "../routing/route.ts";
import { searchAddress } from "../search/search-state.ts";
import { counted } from "../shared/format-number.ts";
import { Link } from "../shared/link.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { eventsOf } from "./alert-events.ts";
import { placeOf } from "./entity-place.ts";
import { searchTextOf } from "./entity-search.ts";
import { sourceOf } from "./event-sources.ts";

const KINDS: Readonly<Record<RelatedEntity["kind"], string>> = {
  ip: "Address",
  user: "User",
  host: "Host",
  port: "Port",
};

interface EntityListProps {
  readonly alert: Alert;
  readonly entities: readonly RelatedEntity[];
}

/** Whom and what the alert is about, each with the way to its events and to all alerts about it. */
export const EntityList = ({ alert: { _source: fields }, entities }: EntityListProps) => {
  const { data: sources = [] } = usePolled("sources", listSources);
  if (entities.length === 0) return null;
  const events = eventsOf(fields);
  const source = sourceOf(events[0]?._index ?? "", sources);
  const documents = [fields, ...events.map(({ _source }) => _source)];
  return (
    <section aria-labelledby="entities-title">
      <h2 id="entities-title">About</h2>
      <ul className="entities">
        {entities.map((entity) => (
          <EntityCard
            key={`${entity.kind} ${entity.value}`}
            entity={entity}
            place={entity.kind === "ip" ? placeOf(entity.value, documents) : undefined}
            search={
              source === undefined
                ? undefined
                : searchAddress({ source, text: searchTextOf(entity, events), period: "all" })
            }
          />
        ))}
      </ul>
    </section>
  );
};

interface EntityCardProps {
  readonly entity: RelatedEntity;
  readonly place: string | undefined;
  /** The address of the search for its events; undefined: there is none. */
  readonly search: string | undefined;
}

const EntityCard = ({ entity: { kind, value, alerts }, place, search }: EntityCardProps) => {
  const name = visible(value);
  return (
    <li className="entity">
      <span className="muted">{KINDS[kind]}</span> <strong>{name}</strong>
      {place !== undefined && <span className="entity__place">{place}</span>}
      <span className="entity__links">
        <Link href={listAddress(formatFilters({ ...noFilters, entity: [value] }))}>
          {counted(alerts, "alert")}
          <span className="visually-hidden"> about {name}</span>
        </Link>
        {search !== undefined && (
          <Link href={search}>
            Events<span className="visually-hidden"> of {name}</span>
          </Link>
        )}
      </span>
    </li>
  );
};
