import { useId } from "react";
import { ColumnMenu } from "./column-menu.tsx";
import type { ColumnName } from "./columns.ts";
import type { Filters } from "./filters.ts";
import { ViewMenu } from "./view-menu.tsx";

interface ListToolsProps {
  readonly filters: Filters;
  /** The query part of the address. */
  readonly search: string;
  readonly columns: readonly ColumnName[];
  readonly onColumns: (columns: readonly ColumnName[]) => void;
  readonly onChange: (change: Partial<Filters>) => void;
}

/** How the list is shown: in groups or not, as a view that was saved, with which columns. */
export const ListTools = ({ filters: { group }, search, columns, onColumns, onChange }: ListToolsProps) => {
  const id = useId();
  return (
    <div className="list-tools">
      <div className="field field--inline">
        <label htmlFor={id}>Group</label>
        <select id={id} value={group} onChange={({ target }) => onChange({ group: target.value })}>
          <option value="">each alert by itself</option>
          <option value="name">by alert</option>
          <option value="entity">by address, user, host</option>
        </select>
      </div>
      <ViewMenu search={search} />
      {group === "" && <ColumnMenu shown={columns} onChange={onColumns} />}
    </div>
  );
};
