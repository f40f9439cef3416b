import type { WatchItem } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { readWatchlist, removeFromWatchlist } from "../api/watchlist-api.ts";
import { useMay } from "../session/session-context.ts";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { counted, formatCount } from "../shared/format-number.ts";
import { safeLink } from "../shared/safe-link.ts";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { WatchForm } from "./watch-form.tsx";

const REFRESH_MS = 10_000;

/** As many as the service keeps, and as many as are shown at once. */
const LONGEST = 10_000;
const SHOWN = 200;

/** Terms that events are watched for. */
const WatchlistPage = () => {
  const { data, error, reload } = usePolled("watchlist", readWatchlist, REFRESH_MS);
  const [changeError, setChangeError] = useState<Error>();
  const mayChange = useMay("operate");
  const notice = changeError ?? error;
  const remove = (id: string) => {
    removeFromWatchlist(id).then(() => {
      setChangeError(undefined);
      reload();
    }, setChangeError);
  };
  return (
    <>
      <h1 className="page-title">Watchlist</h1>
      {notice !== undefined && <ErrorNotice error={notice} onRetry={reload} />}
      <p className="admin-lead">
        The alert <code>AlertWatchList</code> looks for each of these terms in every field of an event. A term has 2 to
        1,000 characters; there is room for {formatCount(LONGEST)} of them.
      </p>
      {mayChange && (
        <section aria-label="New term" className="panel">
          <WatchForm onAdded={reload} />
        </section>
      )}
      {data === undefined && error === undefined && <p>Loading…</p>}
      {data?.length === 0 && <p className="notice">Nothing is watched for.</p>}
      {data !== undefined && data.length > 0 && <Items items={data} remove={mayChange ? remove : undefined} />}
    </>
  );
};

interface ItemsProps {
  readonly items: readonly WatchItem[];
  /** undefined: the reader may not. */
  readonly remove: ((id: string) => void) | undefined;
}

const Items = ({ items, remove }: ItemsProps) => {
  const id = useId();
  const [text, setText] = useState("");
  const found = items.filter((item) => isAbout(item, text.trim().toLowerCase()));
  return (
    <>
      <div className="field field--inline page-filter">
        <label htmlFor={id}>Find</label>
        <input id={id} type="search" value={text} onChange={({ target }) => setText(target.value)} />
        <span className="muted" role="status">
          {found.length === items.length
            ? counted(items.length, "term")
            : `${formatCount(found.length)} of ${counted(items.length, "term")}`}
        </span>
      </div>
      {found.length > 0 && (
        <Table
          label="Watchlist"
          columns={remove === undefined ? COLUMNS : [...COLUMNS, removeColumn(remove)]}
          rows={found.slice(0, SHOWN)}
          keyOf={({ _id }) => _id}
        />
      )}
      {found.length > SHOWN && <p className="muted">The newest {SHOWN} are shown: find others by their text.</p>}
    </>
  );
};

const isAbout = ({ watchcontent, comment, reference, creator }: WatchItem, text: string): boolean =>
  [watchcontent, comment, reference, creator].some((part) => part.toLowerCase().includes(text));

const Reference = ({ text }: { readonly text: string }) => {
  const href = safeLink(text);
  if (href === undefined) return visible(text);
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {visible(text)}
    </a>
  );
};

const COLUMNS: readonly Column<WatchItem>[] = [
  { name: "Term", cell: ({ watchcontent }) => <code className="term">{visible(watchcontent)}</code> },
  {
    name: "Until",
    cell: ({ dateExpiring }) => (dateExpiring === null ? "For ever" : <Timestamp value={dateExpiring} />),
  },
  { name: "Why", cell: ({ comment }) => visible(comment) },
  { name: "Reference", cell: ({ reference }) => <Reference text={reference} /> },
  {
    name: "Added",
    cell: ({ creator, dateAdded }) => (
      <>
        {dateAdded !== "" && <Timestamp value={dateAdded} />} <span className="muted">{visible(creator)}</span>
      </>
    ),
  },
];

const removeColumn = (remove: (id: string) => void): Column<WatchItem> => ({
  name: "Remove",
  isBare: true,
  cell: ({ _id, watchcontent }) => (
    <ConfirmButton verb="Remove" label={visible(watchcontent)} onConfirm={() => remove(_id)} />
  ),
});

export default WatchlistPage;
