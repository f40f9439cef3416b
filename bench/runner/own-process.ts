import type { LogLine } from "./service.ts";

/** What the process of the alerts says of itself, each ten seconds. */
export const OWN_PROCESS = "the process of the alerts";

/** What it has said last. */
export class AlertProcess {
  heapBytes = 0;
  /** Processor time since its start. */
  cpuMs = 0;
  /** How often it has said so. */
  told = 0;

  readonly take = ({ msg, heapBytes, cpuMs }: LogLine): void => {
    if (msg !== OWN_PROCESS) return;
    this.heapBytes = Number(heapBytes);
    this.cpuMs = Number(cpuMs);
    this.told += 1;
  };
}
