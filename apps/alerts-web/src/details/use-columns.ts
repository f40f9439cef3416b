import { useState } from "react";
import { parseColumns } from "./event-columns.ts";

/** The columns of the events of an alert, and who chose them. */
export interface Columns {
  readonly names: readonly string[];
  /** Whether the reader has chosen them, for all alerts of the class. */
  readonly isChosen: boolean;
  /** Shows other columns and keeps them; undefined: those that an alert begins with. */
  readonly choose: (names: readonly string[] | undefined) => void;
}

/** Columns as the reader of this browser chose them for a class of alerts. */
export const useColumns = (classname: string, preset: readonly string[]): Columns => {
  const key = `mozdef.columns.${classname}`;
  const [chosen, setChosen] = useState(() => read(key));
  const choose = (names: readonly string[] | undefined) => {
    setChosen(names);
    keep(key, names);
  };
  return { names: chosen ?? preset, isChosen: chosen !== undefined, choose };
};

const read = (key: string): readonly string[] | undefined => {
  try {
    return parseColumns(localStorage.getItem(key));
  } catch {
    return undefined; // storage is forbidden in some private windows
  }
};

const keep = (key: string, names: readonly string[] | undefined): void => {
  try {
    if (names === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(names));
  } catch {
    // as above, or it is full: the columns last as long as the page
  }
};
