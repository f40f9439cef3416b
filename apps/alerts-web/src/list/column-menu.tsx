import { Menu } from "../shared/menu.tsx";
import { type ColumnName, COLUMNS, withColumn } from "./columns.ts";

interface ColumnMenuProps {
  readonly shown: readonly ColumnName[];
  readonly onChange: (shown: readonly ColumnName[]) => void;
}

/** Which columns the list has. */
export const ColumnMenu = ({ shown, onChange }: ColumnMenuProps) => (
  <Menu label="Columns" className="menu" labelClass="menu__label" contentClass="menu__content">
    <fieldset className="menu__choices">
      <legend className="visually-hidden">Columns to show</legend>
      {COLUMNS.map(({ name, label }) => (
        <label key={name} className="menu__choice">
          <input
            type="checkbox"
            checked={shown.includes(name)}
            disabled={shown.length === 1 && shown.includes(name)}
            onChange={() => onChange(withColumn(shown, name))}
          />
          {label}
        </label>
      ))}
    </fieldset>
  </Menu>
);
