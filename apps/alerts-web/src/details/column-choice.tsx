import { useId } from "react";
import { visible } from "../shared/visible.ts";
import type { Columns } from "./use-columns.ts";

interface ColumnChoiceProps {
  readonly columns: Columns;
  /** Every field that the events have. */
  readonly fields: readonly string[];
}

/** Adds a field of the events as a column, and goes back to the columns that an alert begins with. */
export const ColumnChoice = ({ columns: { names, isChosen, choose }, fields }: ColumnChoiceProps) => {
  const id = useId();
  const others = fields.filter((name) => !names.includes(name)).toSorted();
  return (
    <div className="alert-events__columns">
      <div className="field field--inline">
        <label htmlFor={id}>Add a column</label>
        <select
          id={id}
          value=""
          onChange={({ target }) => {
            if (target.value !== "") choose([...names, target.value]);
          }}
        >
          <option value="">Choose a field</option>
          {others.map((name) => (
            <option key={name} value={name}>
              {visible(name)}
            </option>
          ))}
        </select>
      </div>
      {isChosen && (
        <button type="button" onClick={() => choose(undefined)}>
          Columns as they were
        </button>
      )}
    </div>
  );
};
