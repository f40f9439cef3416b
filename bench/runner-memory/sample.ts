/** What the service took at a moment, and how fast it was since the moment before. Bytes, milliseconds. */
export interface Sample {
  /** Since the first. */
  readonly seconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly storeEventsBytes: number;
  readonly storeOthersBytes: number;
  readonly alertProcessBytes: number;
  readonly alertProcessHeapBytes: number;
  readonly eventsSaved: number;
  readonly alerts: number;
  /** From the posting of an event to its alert, of the alerts since the sample before. */
  readonly latencyP50Ms: number;
  readonly latencyLongestMs: number;
  /** Of the answers to pages since the sample before. */
  readonly pageP50Ms: number;
  readonly pageLongestMs: number;
  /** Processes that want to run, over the last minute: what others do on the machine makes everything slower. */
  readonly machineLoad: number;
}

/** Memory of the service without what its store says that it takes: what must not grow. */
export const besideStore = ({ residentBytes, storeEventsBytes, storeOthersBytes }: Sample): number =>
  residentBytes - storeEventsBytes - storeOthersBytes;

/** The columns of the file, in this order. */
const COLUMNS = [
  "seconds",
  "residentBytes",
  "heapBytes",
  "externalBytes",
  "storeEventsBytes",
  "storeOthersBytes",
  "alertProcessBytes",
  "alertProcessHeapBytes",
  "eventsSaved",
  "alerts",
  "latencyP50Ms",
  "latencyLongestMs",
  "pageP50Ms",
  "pageLongestMs",
  "machineLoad",
] as const satisfies readonly (keyof Sample)[];

export const HEADER = `${COLUMNS.join(",")}\n`;

export const rowOf = (sample: Sample): string => `${COLUMNS.map((name) => sample[name].toFixed(1)).join(",")}\n`;

/** @throws {Error} when the file is another. */
export const samplesOf = (csv: string): readonly Sample[] => {
  if (!csv.startsWith(HEADER)) throw new Error(`Expected a file that begins with: ${HEADER}`);
  return csv
    .slice(HEADER.length)
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => {
      const values = row.split(",").map(Number);
      return Object.fromEntries(COLUMNS.map((name, index) => [name, values[index] ?? Number.NaN])) as unknown as Sample;
    });
};
