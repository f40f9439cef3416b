import type { Delivery } from "@mozdef/alert-api";
import { detailsAddress } from "../routing/route.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { Link } from "../shared/link.tsx";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";
import { outcomeOf, whatOf } from "./delivery.ts";
import { useReplay } from "./use-replay.ts";

interface DeliveryTableProps {
  readonly deliveries: readonly Delivery[];
  readonly onReplayed: () => void;
}

/** Deliveries, each with what came of it, and a way to send it again for whoever may. */
export const DeliveryTable = ({ deliveries, onReplayed }: DeliveryTableProps) => {
  const { isAllowed, error, replay } = useReplay(onReplayed);
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <Table
        label="Deliveries"
        columns={[...COLUMNS, ...(isAllowed ? [againColumn(replay)] : [])]}
        rows={deliveries}
        keyOf={({ id }) => id}
      />
    </>
  );
};

const COLUMNS: readonly Column<Delivery>[] = [
  {
    name: "Alert",
    cell: ({ alert, name, utctimestamp }) => (
      <>
        <Link href={detailsAddress(alert)}>{visible(name)}</Link> <Timestamp value={utctimestamp} />
      </>
    ),
  },
  {
    name: "Target",
    cell: ({ target, route }) => (
      <>
        {visible(target)}
        {route !== null && <span className="muted"> by {visible(route)}</span>}
      </>
    ),
  },
  { name: "What", cell: whatOf },
  {
    name: "Outcome",
    cell: (delivery) => visible(outcomeOf(delivery)),
    isFailed: ({ status }) => status === "dead",
  },
];

const againColumn = (replay: (id: string) => void): Column<Delivery> => ({
  name: "Again",
  isBare: true,
  cell: ({ id, status, target }) =>
    status !== "pending" && (
      <button type="button" aria-label={`Send again: ${visible(target)}`} onClick={() => replay(id)}>
        Send again
      </button>
    ),
});
