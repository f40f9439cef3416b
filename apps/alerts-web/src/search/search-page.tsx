import { useState } from "react";
import { countEvents, listEventFields, listEvents, listSources } from "../api/event-api.ts";
import { navigate } from "../routing/location.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { HistogramFigure } from "../shared/histogram.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { EventResults } from "./event-results.tsx";
import { FieldStatistics } from "./field-statistics.tsx";
import { SearchForm } from "./search-form.tsx";
import { eventQuery, pageQuery, parseSearch, searchAddress, type SearchState, sourceQuery } from "./search-state.ts";

/** Looks for events of every source: as they are, over time, and what is in their fields. */
const SearchPage = ({ search }: { readonly search: string }) => {
  const state = parseSearch(search);
  // Of one look at the events, so that pages, bars and values speak of the same ones while others come in.
  const [now, setNow] = useState(() => new Date());
  const change = (part: Partial<SearchState>) => {
    if (!("page" in part) && !("column" in part) && !("field" in part)) setNow(new Date());
    navigate(searchAddress({ ...state, ...(!("column" in part) && !("field" in part) && { page: 1 }), ...part }));
  };
  const page = pageQuery(state, now);
  const query = eventQuery(state, now).toString();
  const found = usePolled(page, (signal) => listEvents(page, signal));
  const histogram = usePolled(query, (signal) => countEvents(query, signal));
  const sources = usePolled("sources", listSources);
  const { source } = state;
  const fields = usePolled(source, (signal) => listEventFields(sourceQuery(source), signal));
  return (
    <>
      <h1 className="page-title">Events</h1>
      <SearchForm {...{ state, query }} sources={sources.data ?? []} fields={fields.data ?? []} onChange={change} />
      {found.error !== undefined && <ErrorNotice error={found.error} onRetry={found.reload} />}
      {histogram.data !== undefined && histogram.data.buckets.length > 0 && (
        <HistogramFigure histogram={histogram.data} what="events" onSelect={change} />
      )}
      <div className="search">
        <FieldStatistics {...{ state, query }} fields={fields.data ?? []} error={fields.error} onChange={change} />
        <EventResults
          {...{ state, page: found.data, isCurrent: found.current && found.error === undefined, onChange: change }}
        />
      </div>
    </>
  );
};

export default SearchPage;
