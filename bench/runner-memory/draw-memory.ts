import { type Chart, lineChart, type Panel, type Series } from "./line-chart.ts";
import { besideStore, type Sample } from "./sample.ts";

/** What was run. */
export interface Load {
  readonly alerts: number;
  /** Between the slots of an alert. */
  readonly everySeconds: number;
  /** Events. */
  readonly perSecond: number;
}

const MIB = 1_048_576;

/** Draws what the service took, and how fast it was meanwhile. */
export const drawMemory = (samples: readonly Sample[], { alerts, everySeconds, perSecond }: Load): string => {
  const series = (name: string, color: string, value: (sample: Sample) => number): Series => ({
    name,
    color,
    points: samples.map((sample) => [sample.seconds / 60, value(sample)]),
  });
  const chart: Chart = {
    title: "Memory of the service on the embedded store",
    subtitle: `${alerts} alerts every ${everySeconds} s, ${perSecond} events a second, ${samples.at(-1)?.alerts ?? 0} alerts made`,
    xUnit: "minutes since the start",
    panels: [
      {
        title: "Memory",
        unit: "MiB",
        height: 340,
        series: [
          series("service, resident", "#1f77b4", ({ residentBytes }) => residentBytes / MIB),
          series("service without its store", "#d62728", (sample) => besideStore(sample) / MIB),
          series("store: events not on disk alone", "#2ca02c", ({ storeEventsBytes }) => storeEventsBytes / MIB),
          series("store: read from disk, and others", "#17becf", ({ storeOthersBytes }) => storeOthersBytes / MIB),
          series("service, heap in use", "#9467bd", ({ heapBytes }) => heapBytes / MIB),
          series("process of the alerts, resident", "#ff7f0e", ({ alertProcessBytes }) => alertProcessBytes / MIB),
          series("process of the alerts, heap", "#8c564b", ({ alertProcessHeapBytes }) => alertProcessHeapBytes / MIB),
        ],
      },
      {
        title: "From an event to its alert",
        unit: "seconds",
        height: 140,
        series: [
          series("longest in ten seconds", "#bbbbbb", ({ latencyLongestMs }) => latencyLongestMs / 1_000),
          series("median of ten seconds", "#1f77b4", ({ latencyP50Ms }) => latencyP50Ms / 1_000),
        ],
      },
      {
        title: "Answers to pages",
        unit: "seconds",
        height: 140,
        series: [
          series("longest in ten seconds", "#bbbbbb", ({ pageLongestMs }) => pageLongestMs / 1_000),
          series("median of ten seconds", "#1f77b4", ({ pageP50Ms }) => pageP50Ms / 1_000),
        ],
      },
      ...loadPanel(series("last minute", "#7f7f7f", ({ machineLoad }) => machineLoad)),
    ],
  };
  return lineChart(chart);
};

/** None for a table that does not say it. */
const loadPanel = (series: Series): readonly Panel[] =>
  series.points.some(([, load]) => Number.isFinite(load))
    ? [{ title: "Load of the machine", unit: "processes that want to run", height: 80, series: [series] }]
    : [];
