import { type SubmitEvent, useId, useState } from "react";
import { OnlyFor } from "../session/only-for.tsx";
import { linkAlert } from "../api/alert-api.ts";
import { safeLink } from "../shared/safe-link.ts";
import { recordsOf } from "./records.ts";
import { type ChangeProps, useChange } from "./use-change.ts";

const NOTHING = { url: "", title: "" };

/** Tickets and the like, and a place to add one. */
export const LinkList = ({ alert, ...props }: ChangeProps) => {
  const id = useId();
  const { busy, change } = useChange(props);
  const [written, setWritten] = useState(NOTHING);
  const links = recordsOf(alert._source.links);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const [url, title] = [written.url.trim(), written.title.trim()];
    if (await change((signed) => linkAlert(alert._id, { url, title: title || url.slice(0, 200), ...signed })))
      setWritten(NOTHING);
  };
  return (
    <section aria-labelledby="links-title">
      <h2 id="links-title">Links ({links.length})</h2>
      <ul className="links">
        {links.map(({ url, title }, index) => (
          <li key={index}>
            <SafeLink url={url} title={title} />
          </li>
        ))}
      </ul>
      <OnlyFor scope="handle">
        <form className="handling__form" onSubmit={(event) => void submit(event)}>
          <div className="field field--inline">
            <label htmlFor={`${id}-url`}>Address</label>
            <input
              id={`${id}-url`}
              type="url"
              required
              maxLength={2_000}
              placeholder="https://"
              value={written.url}
              onChange={(event) => setWritten({ ...written, url: event.target.value })}
            />
          </div>
          <div className="field field--inline">
            <label htmlFor={`${id}-title`}>Title</label>
            <input
              id={`${id}-title`}
              type="text"
              maxLength={200}
              value={written.title}
              onChange={(event) => setWritten({ ...written, title: event.target.value })}
            />
          </div>
          <button type="submit" aria-disabled={busy}>
            Add link
          </button>
        </form>
      </OnlyFor>
    </section>
  );
};

const SafeLink = ({ url, title }: { readonly url: string; readonly title: string }) => {
  const href = safeLink(url);
  if (href === undefined) return `${title} ${url}`;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {title || url}
    </a>
  );
};
