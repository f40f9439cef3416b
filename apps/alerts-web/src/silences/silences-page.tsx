import type { Silence } from "@mozdef/alert-api";
import { useState } from "react";
import { endSilence, listSilences } from "../api/silence-api.ts";
import { useMay } from "../session/session-context.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { readUserName } from "../shared/user-name.ts";
import { visible } from "../shared/visible.ts";
import { formatMatch } from "./match-lines.ts";
import { SilenceForm } from "./silence-form.tsx";

const REFRESH_MS = 5_000;

const STATES: Readonly<Record<Silence["state"], string>> = { active: "Mutes now", pending: "To come", expired: "Over" };

/** Silences: what they mute, until when, who made them and why; and a place to make one. */
const SilencesPage = () => {
  const { data, error, reload } = usePolled("silences", listSilences, REFRESH_MS);
  const [changeError, setChangeError] = useState<Error>();
  const mayChange = useMay("operate");
  const notice = changeError ?? error;
  const end = (id: string) => {
    endSilence(id, readUserName()).then(() => {
      setChangeError(undefined);
      reload();
    }, setChangeError);
  };
  return (
    <>
      <h1 className="page-title">Silences</h1>
      {notice !== undefined && <ErrorNotice error={notice} onRetry={reload} />}
      {mayChange && (
        <section aria-label="New silence" className="panel">
          <SilenceForm match={{}} onMade={reload} />
        </section>
      )}
      {data?.length === 0 && <p className="notice">Nothing is muted. Alerts can be muted here or on their own page.</p>}
      {data !== undefined && data.length > 0 && (
        <Table
          label="Silences"
          columns={mayChange ? [...COLUMNS, endColumn(end)] : COLUMNS}
          rows={data}
          keyOf={({ id }) => id}
        />
      )}
    </>
  );
};

const COLUMNS: readonly Column<Silence>[] = [
  { name: "State", cell: ({ state }) => STATES[state] },
  { name: "Mutes", cell: ({ match }) => <code className="silence__match">{visible(formatMatch(match))}</code> },
  { name: "Until", cell: ({ until }) => <Timestamp value={until} /> },
  {
    name: "Why",
    cell: ({ reason, by }) => (
      <>
        {visible(reason)} <span className="muted">({visible(by)})</span>
      </>
    ),
  },
];

const endColumn = (end: (id: string) => void): Column<Silence> => ({
  name: "End",
  isBare: true,
  cell: ({ id, state }) =>
    state !== "expired" && (
      <button type="button" onClick={() => end(id)}>
        End now
      </button>
    ),
});

export default SilencesPage;
