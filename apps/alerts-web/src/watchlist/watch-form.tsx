import type { RequestOf, WatchItem } from "@mozdef/alert-api";
import { type SubmitEvent, useId, useState } from "react";
import { addToWatchlist } from "../api/watchlist-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { zonedTime } from "../shared/format-time.ts";
import { textOf } from "../shared/form-text.ts";
import { readUserName } from "../shared/user-name.ts";
import { visible } from "../shared/visible.ts";

type Wanted = RequestOf<"addToWatchlist">["body"];
type Added = Awaited<ReturnType<typeof addToWatchlist>>;

/** How long the service watches for a term, as it calls it. */
const LENGTHS = [
  ["1hr", "1 hour"],
  ["12hr", "12 hours"],
  ["1d", "1 day"],
  ["2d", "2 days"],
  ["3d", "3 days"],
  ["1w", "1 week"],
  ["30d", "30 days"],
] as const;

/** Adds a term. */
export const WatchForm = ({ onAdded }: { readonly onAdded: (item: WatchItem) => void }) => {
  const id = useId();
  const [error, setError] = useState<Error>();
  const [added, setAdded] = useState<Added>();
  const add = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    addToWatchlist(wantedOf(new FormData(form))).then((answer) => {
      setError(undefined);
      setAdded(answer);
      if (answer.added) form.reset();
      onAdded(answer.item);
    }, setError);
  };
  return (
    <form className="admin-form" onSubmit={add}>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className="field admin-form__wide">
        <label htmlFor={`${id}-content`}>Watch for</label>
        <input
          id={`${id}-content`}
          name="content"
          type="text"
          placeholder="An address, a name, a hash…"
          autoComplete="off"
          spellCheck={false}
          required
          minLength={2}
          maxLength={1_000}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-duration`}>For</label>
        <select id={`${id}-duration`} name="duration" defaultValue="1d">
          {LENGTHS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div className="field admin-form__wide">
        <label htmlFor={`${id}-comment`}>Why</label>
        <input id={`${id}-comment`} name="comment" type="text" maxLength={1_000} />
      </div>
      <div className="field">
        <label htmlFor={`${id}-reference`}>Reference</label>
        <input
          id={`${id}-reference`}
          name="reference"
          type="text"
          placeholder="A ticket or address"
          maxLength={1_000}
        />
      </div>
      <button type="submit">Watch</button>
      <p role="status">{added !== undefined && sentenceOf(added)}</p>
    </form>
  );
};

const wantedOf = (form: FormData): Wanted => {
  const by = readUserName();
  return {
    content: textOf(form, "content"),
    duration: textOf(form, "duration"),
    comment: textOf(form, "comment"),
    reference: textOf(form, "reference"),
    ...(by !== "" && { by }),
  };
};

const sentenceOf = ({ item, added }: Added): string => {
  const until = item.dateExpiring === null ? "for ever" : `until ${zonedTime(item.dateExpiring)}`;
  const term = visible(item.watchcontent);
  return added
    ? `“${term}” is watched for ${until}.`
    : `“${term}” is watched for already, ${until}. It stays as it was.`;
};
