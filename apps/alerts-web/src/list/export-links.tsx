import { type Filters, filterQuery } from "./filters.ts";

/** The whole list to take along. A period is counted back from when the page was drawn. */
export const ExportLinks = ({ filters }: { readonly filters: Filters }) => {
  const query = filterQuery(filters, new Date()).toString();
  return (
    <p className="exports">
      Take all of them along:{" "}
      <a href={`/api/exports/alerts.csv?${query}`} download>
        CSV
      </a>
      ,{" "}
      <a href={`/api/exports/alerts.ndjson?${query}`} download>
        JSON
      </a>
    </p>
  );
};
