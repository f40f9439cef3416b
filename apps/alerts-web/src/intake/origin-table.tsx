import type { IntakeView } from "../api/service-api.ts";
import { formatCount } from "../shared/format-number.ts";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";
import { parserOf, reasonsOf, wayOf } from "./words.ts";

type Origin = IntakeView["origins"][number];
type Sender = IntakeView["senders"][number];
type Refused = IntakeView["refusals"][number];

/** What came by which way and was understood by which parser. */
export const OriginTable = ({ origins }: { readonly origins: readonly Origin[] }) => (
  <Table
    label="Where events come from"
    columns={ORIGINS}
    rows={origins}
    keyOf={({ via, parser }) => `${via} ${parser}`}
  />
);

const Reasons = ({ reasons }: Pick<Origin, "reasons">) =>
  reasonsOf(reasons).map(([reason, count]) => (
    <span key={reason} className="reason">
      {visible(reason)} ({formatCount(count)})
    </span>
  ));

const ORIGINS: readonly Column<Origin>[] = [
  { name: "Way in", cell: ({ via }) => visible(wayOf(via)) },
  { name: "Understood by", cell: ({ parser }) => visible(parserOf(parser)) },
  { name: "Last minute", isNumber: true, cell: ({ lastMinute }) => formatCount(lastMinute) },
  { name: "Whole", isNumber: true, cell: ({ whole }) => formatCount(whole) },
  { name: "In part", isNumber: true, cell: ({ inPart }) => formatCount(inPart) },
  { name: "Why in part", cell: ({ reasons }) => <Reasons reasons={reasons} /> },
  {
    name: "Refused",
    isNumber: true,
    cell: ({ refused }) => formatCount(refused),
    isFailed: ({ refused }) => refused > 0,
  },
  { name: "Last", cell: ({ last }) => <Timestamp value={last} /> },
];

/** Who sent how much. */
export const SenderTable = ({ senders }: { readonly senders: readonly Sender[] }) => (
  <Table label="Senders" columns={SENDERS} rows={senders} keyOf={({ sender }) => JSON.stringify(sender)} />
);

const SENDERS: readonly Column<Sender>[] = [
  { name: "Sender", cell: ({ sender }) => (sender === null ? "All others" : visible(sender)) },
  { name: "Last minute", isNumber: true, cell: ({ lastMinute }) => formatCount(lastMinute) },
  { name: "Saved", isNumber: true, cell: ({ saved }) => formatCount(saved) },
  {
    name: "Refused",
    isNumber: true,
    cell: ({ refused }) => formatCount(refused),
    isFailed: ({ refused }) => refused > 0,
  },
  { name: "Last", cell: ({ last }) => <Timestamp value={last} /> },
];

/** What was refused, and why the last time. */
export const RefusalTable = ({ refusals }: { readonly refusals: readonly Refused[] }) => (
  <Table label="Refused" columns={REFUSALS} rows={refusals} keyOf={(refusal) => JSON.stringify(refusal)} />
);

const REFUSALS: readonly Column<Refused>[] = [
  { name: "Code", cell: ({ code }) => <code className="code">{visible(code)}</code> },
  { name: "Times", isNumber: true, cell: ({ total }) => formatCount(total) },
  { name: "Why, the last time", cell: ({ reason }) => visible(reason) },
];
