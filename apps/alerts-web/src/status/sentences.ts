import type { ServiceStatus } from "@mozdef/alert-api";
import { counted, formatBytes, formatCount, formatDuration } from "../shared/format-number.ts";

/** How the service is as a whole. */
export const overallOf = ({ status, problems }: Pick<ServiceStatus, "status" | "problems">): string => {
  if (status === "ok") return "Everything works.";
  const things = counted(problems.length, "thing needs", "things need");
  return `${status === "error" ? "The service does not work" : "The service works"}: ${things} attention.`;
};

const PRODUCTS: Readonly<Record<string, string>> = { elasticsearch: "Elasticsearch", opensearch: "OpenSearch" };

/** What the store is, and whether it works. */
export const storeOf = ({ kind, ok, error, product, version }: ServiceStatus["store"]): string => {
  const cluster = product === null ? "A cluster" : [PRODUCTS[product] ?? product, version ?? ""].join(" ").trim();
  const name = kind === "embedded" ? "The embedded store" : cluster;
  return ok ? `${name} answers.` : `${name} does not work: ${error ?? "it does not say why"}`;
};

/** How much room events take. */
export const roomOf = ({ bytes, limitBytes }: NonNullable<ServiceStatus["store"]["events"]>): string =>
  `Events take ${formatBytes(bytes)} of memory. They may take ${formatBytes(limitBytes)}.`;

/** What has run of the alerts, and what waits. */
export const slotsOf = ({ ran, failed, late, lagMs, behind }: ServiceStatus["slots"]): readonly string[] => [
  `${counted(ran, "run")} since the start, ${failed === 0 ? "none" : formatCount(failed)} of which failed.`,
  late === 0
    ? "No alert is late."
    : `${counted(late, "alert is", "alerts are")} late, the one that waits longest by ${formatDuration(lagMs)}.`,
  ...(behind === 0 ? [] : [`${counted(behind, "alert catches", "alerts catch")} up on slots that were missed.`]),
];

/** What came in. */
export const intakeOf = ({ saved, keptInPart, refusedEvents, refusedRequests }: ServiceStatus["intake"]): string => {
  const refused = refusedEvents.reduce((sum, { total }) => sum + total, 0);
  const requests = refusedRequests.reduce((sum, { total }) => sum + total, 0);
  return [
    `${counted(saved, "event")} saved since the start`,
    ...(keptInPart > 0 ? [`${formatCount(keptInPart)} of them in part`] : []),
    ...(refused > 0 ? [`${counted(refused, "event")} refused`] : []),
    ...(requests > 0 ? [`${counted(requests, "request")} refused`] : []),
  ].join(", ");
};

/** How a target takes what is sent to it. */
export const targetOf = ({ configured, failures, error }: NonNullable<ServiceStatus["deliveries"]>[number]): string => {
  if (!configured) return "Not in the configuration";
  if (failures === 0) return "Takes alerts";
  return `Failed ${counted(failures, "time")} in a row: ${error ?? "no reason"}`;
};
