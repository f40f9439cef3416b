import { useId, useState } from "react";
import { listAddress } from "./routing/route.ts";
import { Link } from "./shared/link.tsx";
import { readUserName, writeUserName } from "./shared/user-name.ts";

/** The name of the product and of the reader. */
export const TopBar = () => {
  const id = useId();
  const [name, setName] = useState(readUserName);
  return (
    <header className="top-bar">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Link className="top-bar__brand" href={listAddress()}>
        MozDef <span>Alerts</span>
      </Link>
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
