import type { ReactNode } from "react";

interface FieldListProps {
  readonly rows: readonly { readonly name: string; readonly value: ReactNode }[];
}

/** Names and values, one pair a line. An empty value shows as a dash. */
export const FieldList = ({ rows }: FieldListProps) => (
  <dl className="fields">
    {rows.map(({ name, value }) => (
      <div key={name} className="fields__row">
        <dt>{name}</dt>
        <dd>{value === "" ? "–" : value}</dd>
      </div>
    ))}
  </dl>
);
