import type { AlertEvent } from "@mozdef/alert-api";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";
import { FieldList } from "./field-list.tsx";
import { flatten } from "./flatten.ts";

/** One event: when and what, every field by name, and the document itself. */
export const EventCard = ({ event }: { readonly event: AlertEvent }) => {
  const { documentindex, documentid, documentsource } = event;
  const { utctimestamp, summary } = (documentsource ?? {}) as Record<string, unknown>;
  const rows = [
    { name: "index", value: toText(documentindex) },
    { name: "id", value: toText(documentid) },
    ...flatten(documentsource).filter(({ name }) => name !== "summary"),
  ];
  return (
    <div className="event">
      <p className="event__time">
        <Timestamp value={utctimestamp} />
      </p>
      <h3>{toText(summary) || "(no summary)"}</h3>
      <FieldList rows={rows} />
      <details>
        <summary>Raw JSON</summary>
        <pre tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
      </details>
    </div>
  );
};
