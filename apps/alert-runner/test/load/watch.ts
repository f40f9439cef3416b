import { readFileSync } from "node:fs";
import { connect } from "node:net";

/** How the service is at one moment. */
export interface Sample {
  readonly at: number;
  /** Runs of the alert so far. */
  readonly runs: number;
  readonly lagSeconds: number;
  readonly bytes: number;
}

/** @param alert - Whose runs are counted. */
export const sampleOf = async (url: string, pid: number, alert: string): Promise<Sample> => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number =>
    Number(
      metrics
        .split("\n")
        .find((line) => line.startsWith(name))
        ?.split(" ")
        .at(-1) ?? 0,
    );
  return {
    at: Date.now(),
    runs: value(`mozdef_alert_runs_total{alert="${alert}",health="ok"}`),
    lagSeconds: value("mozdef_schedule_lag_seconds"),
    bytes: residentBytes(pid),
  };
};

const PAGE_BYTES = 4_096;

const residentBytes = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1] ?? 0) * PAGE_BYTES;

/** Connections that say that a body comes, send a part of it, and nothing more. @returns how many the service has closed by now. */
export const stall = (url: string, count: number): (() => number) => {
  const { hostname, port } = new URL(url);
  let closed = 0;
  for (let number = 0; number < count; number += 1) {
    const socket = connect(Number(port), hostname);
    socket
      .on("error", () => undefined)
      .on("close", () => (closed += 1))
      .resume();
    socket.write(
      `POST /events HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`,
    );
  }
  return () => closed;
};
