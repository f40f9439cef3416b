import { useId } from "react";
import { inputTime, timeOfInput } from "../shared/format-time.ts";

interface TimeFilterProps {
  readonly label: string;
  /** ISO 8601, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A point in time, in the zone that the reader chose, as everything on the page. Empty: no bound. */
export const TimeFilter = ({ label, value, onChange }: TimeFilterProps) => {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="datetime-local"
        step={1}
        value={inputTime(value)}
        onChange={({ target }) => {
          const time = timeOfInput(target.value);
          if (target.value === "" || time !== "") onChange(time);
        }}
      />
    </div>
  );
};
