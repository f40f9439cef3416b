import { useId } from "react";
import { LENGTHS } from "./lengths.ts";

interface FieldProps<Value> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Whether the label stands beside the field. Default: above. */
  readonly isInline?: boolean;
}

const classOf = (isInline: boolean | undefined): string => (isInline === true ? "field field--inline" : "field");

/** For how long alerts are muted, in milliseconds. */
export const LengthField = ({ label, value, onChange, isInline }: FieldProps<number>) => {
  const id = useId();
  return (
    <div className={classOf(isInline)}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(Number(target.value))}>
        {LENGTHS.map(([ms, name]) => (
          <option key={ms} value={ms}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
};

/** Why alerts are muted: nobody else knows it later. */
export const ReasonField = ({ label, value, onChange, isInline }: FieldProps<string>) => {
  const id = useId();
  return (
    <div className={classOf(isInline)}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        required
        maxLength={2_000}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
};
