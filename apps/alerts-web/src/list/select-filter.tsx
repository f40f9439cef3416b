import type { Facet } from "@mozdef/alert-api";
import { useId } from "react";

interface SelectFilterProps {
  readonly label: string;
  /** How the choice "no filter" reads. */
  readonly any: string;
  readonly value: string;
  readonly options: readonly Facet[];
  readonly onChange: (value: string) => void;
}

/** A choice of one of the values that there are, each with its number of alerts. */
export const SelectFilter = ({ label, any, value, options, onChange }: SelectFilterProps) => {
  const id = useId();
  // A chosen value stays a choice when no alert has it any more, otherwise the list would be filtered unseen.
  const missing = value !== "" && !options.some((option) => option.value === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{any}</option>
        {missing && <option value={value}>{value} (0)</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.value} ({option.count})
          </option>
        ))}
      </select>
    </div>
  );
};
