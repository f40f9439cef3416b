import { formatAge, formatTime, machineTime } from "./format-time.ts";

/** A time in UTC, with its age as a title. */
export const Timestamp = ({ value }: { readonly value: unknown }) => (
  <time className="timestamp" dateTime={machineTime(value)} title={formatAge(value, new Date())}>
    {formatTime(value)} <span className="timestamp__zone">UTC</span>
  </time>
);
