import type { Facet } from "@mozdef/alert-api";
import { useId } from "react";
import { visible } from "../shared/visible.ts";

interface SelectFilterProps {
  readonly label: string;
  /** How the choice "no filter" reads. */
  readonly any: string;
  readonly chosen: readonly string[];
  readonly options: readonly Facet[];
  /** How a value reads. Default: as it is. */
  readonly read?: (value: string) => string;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** A choice of one of the values that there are, each with its number of alerts. Several come from the address, and go one by one. */
export const SelectFilter = ({ label, any, chosen, options, read = visible, onChange }: SelectFilterProps) => {
  const id = useId();
  const [value = ""] = chosen;
  // A chosen value stays a choice when no alert has it any more, otherwise the list would be filtered unseen.
  const missing = value !== "" && !options.some((option) => option.value === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={chosen.length > 1 ? SEVERAL : value}
        onChange={({ target }) => onChange(target.value === "" ? [] : [target.value])}
      >
        <option value="">{any}</option>
        {chosen.length > 1 && (
          <option value={SEVERAL} disabled>
            {chosen.length} of them
          </option>
        )}
        {missing && chosen.length === 1 && <option value={value}>{read(value)} (0)</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {read(option.value)} ({option.count})
          </option>
        ))}
      </select>
    </div>
  );
};

/** No value of a field has a control character in front. */
const SEVERAL = "\u0000several";
