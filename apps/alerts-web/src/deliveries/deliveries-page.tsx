import { useId, useState } from "react";
import { listDeliveries } from "../api/delivery-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { DeliveryTable } from "./delivery-table.tsx";

const REFRESH_MS = 5_000;

const STATES = [
  ["", "All"],
  ["dead", "Given up"],
  ["pending", "To be sent"],
  ["muted", "Muted"],
  ["done", "Sent"],
] as const;

/** What was sent of all alerts, and what was not. */
const DeliveriesPage = () => {
  const id = useId();
  const [status, setStatus] = useState("");
  const search = new URLSearchParams({ size: "200", ...(status !== "" && { status }) }).toString();
  const { data, error, reload } = usePolled(search, (signal) => listDeliveries(search, signal), REFRESH_MS);
  return (
    <>
      <h1 className="page-title">Deliveries</h1>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      <div className="field field--inline page-filter">
        <label htmlFor={id}>Show</label>
        <select id={id} value={status} onChange={({ target }) => setStatus(target.value)}>
          {STATES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {data === undefined && error === undefined && <p>Loading…</p>}
      {data?.length === 0 && <p className="notice">Nothing here: no alert was sent, or no action is configured.</p>}
      {data !== undefined && data.length > 0 && <DeliveryTable deliveries={data} onReplayed={reload} />}
      {data?.length === 200 && <p className="muted">The newest 200 are shown.</p>}
    </>
  );
};

export default DeliveriesPage;
