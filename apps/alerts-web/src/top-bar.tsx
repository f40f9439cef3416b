import { useId, useState } from "react";
import { listAddress, type Route, SCHEDULES_ADDRESS } from "./routing/route.ts";
import { Link } from "./shared/link.tsx";
import { readUserName, writeUserName } from "./shared/user-name.ts";

/** The name of the product, its pages, and the name of the reader. */
export const TopBar = ({ page }: { readonly page: Route["page"] }) => {
  const id = useId();
  const [name, setName] = useState(readUserName);
  return (
    <header className="top-bar">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Link className="top-bar__brand" href={listAddress()}>
        MozDef
      </Link>
      <nav className="top-bar__pages" aria-label="Pages of the service">
        <Link href={listAddress()} aria-current={page === "list" ? "page" : undefined}>
          Alerts
        </Link>
        <Link href={SCHEDULES_ADDRESS} aria-current={page === "schedules" ? "page" : undefined}>
          Manage
        </Link>
      </nav>
      <div className="field field--inline top-bar__name">
        <label htmlFor={id}>Ack as</label>
        <input
          id={id}
          type="text"
          placeholder="your name"
          autoComplete="username"
          spellCheck={false}
          maxLength={200}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            writeUserName(event.target.value);
          }}
        />
      </div>
    </header>
  );
};
