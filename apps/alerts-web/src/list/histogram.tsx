import { countAlerts } from "../api/alert-api.ts";
import { HistogramFigure } from "../shared/histogram.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { type Filters, filterQuery } from "./filters.ts";

interface HistogramProps {
  readonly filters: Filters;
  readonly onChange: (change: Partial<Filters>) => void;
}

const REFRESH_MS = 10_000;

/** The alerts of the list over time, by severity. */
export const Histogram = ({ filters, onChange }: HistogramProps) => {
  const query = (now: Date) => filterQuery(filters, now).toString();
  // Without a period the query is its own name; one that is counted back from now is not a new one each time.
  const { data } = usePolled(
    `${filters.period} ${query(new Date(0))}`,
    (signal) => countAlerts(query(new Date()), signal),
    REFRESH_MS,
  );
  if (data === undefined || data.buckets.length === 0) return null;
  return <HistogramFigure histogram={data} what="alerts" onSelect={onChange} />;
};
