import type { ServiceStatus } from "@mozdef/alert-api";
import type { ReactNode } from "react";
import { pageOf } from "../routing/pages.ts";
import { counted, formatCount } from "../shared/format-number.ts";
import { Link } from "../shared/link.tsx";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";
import { intakeOf, roomOf, slotsOf, storeOf, targetOf } from "./sentences.ts";

/** A part of the page with a heading. */
export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="panel admin-section" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);

/** The alerts and their slots. */
export const AlertsSection = ({ alerts, slots, running }: Pick<ServiceStatus, "alerts" | "slots" | "running">) => (
  <Section title="Alerts">
    <p>
      {counted(alerts.loaded, "alert")} loaded, {formatCount(alerts.enabled)} of them on
      {alerts.failing.length > 0 && `, ${formatCount(alerts.failing.length)} of which failed the last time`}.{" "}
      {!running && "This instance does not run alerts at present. "}
      <Link href={pageOf("schedules").address}>Manage alerts</Link>
    </p>
    {slotsOf(slots).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </Section>
);

/** What the service keeps its data in. */
export const StoreSection = ({ store }: Pick<ServiceStatus, "store">) => (
  <Section title="Store">
    <p className={store.ok ? undefined : "failed"}>{visible(storeOf(store))}</p>
    {store.events !== null && <Room events={store.events} />}
  </Section>
);

const Room = ({ events }: { readonly events: NonNullable<ServiceStatus["store"]["events"]> }) => (
  <>
    <p>{roomOf(events)}</p>
    <meter
      aria-label="Memory that events take"
      min={0}
      max={Math.max(1, events.limitBytes)}
      high={0.9 * events.limitBytes}
      value={events.bytes}
    />
    {events.refusal !== null && <p className="failed">{visible(events.refusal)}</p>}
    {events.deleted.map(({ index, at }) => (
      <p key={`${index} ${at}`} className="muted">
        {visible(index)} was deleted to make room <Timestamp value={at} />
      </p>
    ))}
  </>
);

/** What came in, in a sentence. */
export const IntakeSection = ({ intake }: Pick<ServiceStatus, "intake">) => (
  <Section title="Intake">
    <p>
      {intakeOf(intake)}. <Link href={pageOf("intake").address}>Intake</Link>
    </p>
  </Section>
);

/** Instances of the service on the same store. */
export const RunnersSection = ({ runners }: Pick<ServiceStatus, "runners">) => (
  <Section title={`Runners (${runners.length})`}>
    <Table label="Runners" columns={RUNNERS} rows={runners} keyOf={({ id }) => id} />
  </Section>
);

const RUNNERS: readonly Column<ServiceStatus["runners"][number]>[] = [
  { name: "Host", cell: ({ host, self }) => `${visible(host)}${self ? " (answers this page)" : ""}` },
  { name: "Version", cell: ({ version }) => visible(version) },
  { name: "Shards of alerts", cell: ({ shards }) => `${shards} of 16` },
  {
    name: "State",
    cell: ({ standstill }) => (standstill === null ? "Gets on" : visible(standstill)),
    isFailed: ({ standstill }) => standstill !== null,
  },
];

type Target = NonNullable<ServiceStatus["deliveries"]>[number];

/** What is sent where. */
export const DeliveriesSection = ({ deliveries }: Pick<ServiceStatus, "deliveries">) => (
  <Section title="Deliveries">
    {deliveries === null && <p>The store could not be asked.</p>}
    {deliveries?.length === 0 && <p>Alerts go to nobody: no action is configured.</p>}
    {deliveries !== null && deliveries.length > 0 && (
      <Table label="Deliveries by target" columns={TARGETS} rows={deliveries} keyOf={({ target }) => target} />
    )}
  </Section>
);

const TARGETS: readonly Column<Target>[] = [
  { name: "Target", cell: ({ target }) => visible(target) },
  { name: "Sent", isNumber: true, cell: ({ done }) => formatCount(done) },
  { name: "To be sent", isNumber: true, cell: ({ pending }) => formatCount(pending) },
  { name: "Muted", isNumber: true, cell: ({ muted }) => formatCount(muted) },
  { name: "Given up", isNumber: true, cell: ({ dead }) => formatCount(dead), isFailed: ({ dead }) => dead > 0 },
  {
    name: "State",
    cell: (target) => visible(targetOf(target)),
    isFailed: ({ configured, failures }) => !configured || failures > 0,
  },
];

/** Packs and alerts that could not be loaded. */
export const FailuresSection = ({ failures }: Pick<ServiceStatus, "failures">) =>
  failures.length > 0 && (
    <Section title="Not loaded">
      <Table label="Not loaded" columns={FAILURES} rows={failures} keyOf={(failure) => JSON.stringify(failure)} />
    </Section>
  );

const FAILURES: readonly Column<ServiceStatus["failures"][number]>[] = [
  { name: "What", cell: ({ source }) => visible(source) },
  { name: "Code", cell: ({ code }) => <code className="code">{visible(code)}</code> },
  { name: "Why", cell: ({ message, place }) => visible(place === undefined ? message : `${message} (${place})`) },
];
