import { timeOfDay } from "./format-time.ts";

interface UpdatedProps {
  readonly at: Date;
  readonly isFailing: boolean;
}

/** How old what is shown is. */
export const Updated = ({ at, isFailing }: UpdatedProps) => (
  <p className={isFailing ? "live live--failing" : "live"}>
    {isFailing ? "Not up to date: last answer" : "Updated"} {timeOfDay(at)}
  </p>
);
