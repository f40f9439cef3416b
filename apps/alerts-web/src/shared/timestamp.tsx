import { formatAge, formatTime, machineTime, zoneOf } from "./format-time.ts";

/** A time in the zone that the reader chose, with its age as a title. */
export const Timestamp = ({ value }: { readonly value: unknown }) => (
  <time className="timestamp" dateTime={machineTime(value)} title={formatAge(value, new Date())}>
    {formatTime(value)} <span className="timestamp__zone">{zoneOf(value)}</span>
  </time>
);
