import type { Exception, Schedule } from "@mozdef/alert-api";
import { useState } from "react";
import { endException, listExceptions } from "../api/exception-api.ts";
import { useMay } from "../session/session-context.ts";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { readUserName } from "../shared/user-name.ts";
import { visible } from "../shared/visible.ts";
import { ExceptionForm } from "./exception-form.tsx";

const REFRESH_MS = 5_000;

interface RuleExceptionsProps {
  readonly schedule: Pick<Schedule, "name" | "source">;
  /** Another one when something has changed. */
  readonly version: number;
  readonly onSettled: (error?: Error) => void;
}

/** Events that the rule leaves out, who says so and until when; and a place to leave out more. */
export const RuleExceptions = ({ schedule: { name, source }, version, onSettled }: RuleExceptionsProps) => {
  const load = (signal: AbortSignal) => listExceptions(name, signal);
  const { data = [], error } = usePolled(`exceptions ${name} ${version}`, load, REFRESH_MS);
  const [isOpen, setOpen] = useState(false);
  const mayChange = useMay("operate");
  const end = (id: string) => void endException(name, id, readUserName()).then(() => onSettled(), onSettled);
  const made = () => {
    setOpen(false);
    onSettled();
  };
  const active = data.filter(({ state }) => state === "active");
  const over = data.filter(({ state }) => state === "expired");
  return (
    <section aria-labelledby="exceptions-title">
      <h2 id="exceptions-title">Exceptions ({active.length})</h2>
      {error !== undefined && <ErrorNotice error={error} />}
      {active.length === 0 && <p>It looks at all events that it finds.</p>}
      {active.length > 0 && (
        <ExceptionTable label="Events that it leaves out" rows={active} {...(mayChange && { onEnd: end })} />
      )}
      {over.length > 0 && (
        <details>
          <summary>Over ({over.length})</summary>
          <ExceptionTable label="Events that it left out" rows={over} />
        </details>
      )}
      {isOpen && (
        <ExceptionForm name={name} hasOwnEvents={source === null} onMade={made} onCancel={() => setOpen(false)} />
      )}
      {mayChange && !isOpen && (
        <button type="button" onClick={() => setOpen(true)}>
          Leave events out
        </button>
      )}
    </section>
  );
};

interface ExceptionTableProps {
  readonly label: string;
  readonly rows: readonly Exception[];
  /** Absent: none can be ended. */
  readonly onEnd?: (id: string) => void;
}

const ExceptionTable = ({ label, rows, onEnd }: ExceptionTableProps) => (
  <Table
    label={label}
    columns={onEnd === undefined ? COLUMNS : [...COLUMNS, endColumn(onEnd)]}
    rows={rows}
    keyOf={({ id, match, reason }) => id ?? JSON.stringify([match, reason])}
  />
);

const COLUMNS: readonly Column<Exception>[] = [
  {
    name: "Leaves out",
    cell: ({ match }) => <code className="exception__match">{visible(match.join(" and "))}</code>,
  },
  { name: "Why", cell: ({ reason }) => <span className="exception__reason">{visible(reason)}</span> },
  { name: "Until", cell: ({ until }) => (until === null ? "for good" : <Timestamp value={until} />) },
  {
    name: "Who",
    cell: ({ by, createdAt, endedBy }) =>
      by === null ? (
        "the configuration"
      ) : (
        <>
          {visible(by)}, <Timestamp value={createdAt} />
          {endedBy !== null && <>; ended by {visible(endedBy)}</>}
        </>
      ),
  },
];

const endColumn = (end: (id: string) => void): Column<Exception> => ({
  name: "End",
  isBare: true,
  cell: ({ id, reason }) =>
    id === null ? (
      <span className="muted">ends in the configuration</span>
    ) : (
      <ConfirmButton verb="End" label={`the exception ${visible(reason.slice(0, 60))}`} onConfirm={() => end(id)} />
    ),
});
