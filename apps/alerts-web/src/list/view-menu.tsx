import { type SubmitEvent, useId, useState } from "react";
import { listAddress } from "../routing/route.ts";
import { useReader } from "../session/session-context.ts";
import { textOf } from "../shared/form-text.ts";
import { Link } from "../shared/link.tsx";
import { Menu } from "../shared/menu.tsx";
import { visible } from "../shared/visible.ts";
import {
  LONGEST_NAME,
  MOST_VIEWS,
  readViews,
  type SavedView,
  withoutView,
  withView,
  writeViews,
} from "./saved-views.ts";

/** Lists that the reader comes back to: open one, remove one, save the one that is shown. */
export const ViewMenu = ({ search }: { readonly search: string }) => {
  const reader = useReader()?.name ?? "";
  return <ViewsOf key={reader} reader={reader} search={search} />;
};

const ViewsOf = ({ reader, search }: { readonly reader: string; readonly search: string }) => {
  const [views, setViews] = useState(() => readViews(reader));
  const [problem, setProblem] = useState<string>();
  const keep = (next: readonly SavedView[]) => {
    setViews(next);
    setProblem(
      writeViews(reader, next) ? undefined : "This browser does not remember views: they last until you leave.",
    );
  };
  const save = (name: string) => {
    const next = withView(views, name, search);
    if (next === views) setProblem(`There are ${MOST_VIEWS} views, the most there can be: remove one first.`);
    else keep(next);
  };
  return (
    <Menu label="Views" className="menu" labelClass="menu__label" contentClass="menu__content">
      {views.length === 0 ? <p className="muted">No view saved yet.</p> : <ViewList views={views} onChange={keep} />}
      <SaveView onSave={save} />
      {problem !== undefined && (
        <p className="menu__problem" role="alert">
          {problem}
        </p>
      )}
    </Menu>
  );
};

interface ViewListProps {
  readonly views: readonly SavedView[];
  readonly onChange: (views: readonly SavedView[]) => void;
}

const ViewList = ({ views, onChange }: ViewListProps) => (
  <ul className="menu__views" aria-label="Saved views">
    {views.map(({ name, search }) => (
      <li key={name}>
        <Link href={listAddress(search)}>{visible(name)}</Link>
        <button
          type="button"
          aria-label={`Remove view ${visible(name)}`}
          onClick={({ currentTarget }) => {
            // What goes away cannot keep the focus, and without it no key reaches the menu.
            currentTarget.closest("details")?.querySelector("summary")?.focus();
            onChange(withoutView(views, name));
          }}
        >
          ×
        </button>
      </li>
    ))}
  </ul>
);

const SaveView = ({ onSave }: { readonly onSave: (name: string) => void }) => {
  const id = useId();
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = textOf(new FormData(form), "name").trim();
    if (name === "") return;
    onSave(name);
    form.reset();
  };
  return (
    <form className="menu__form" onSubmit={save}>
      <div className="field">
        <label htmlFor={id}>Name of this view</label>
        <input id={id} name="name" type="text" autoComplete="off" required maxLength={LONGEST_NAME} />
      </div>
      <button type="submit">Save this view</button>
    </form>
  );
};
