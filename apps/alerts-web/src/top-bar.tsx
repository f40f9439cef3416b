import type { Session } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { MoreMenu } from "./more-menu.tsx";
import { type PageName, pageNames, pageOf } from "./routing/pages.ts";
import { listAddress, type Route } from "./routing/route.ts";
import { may } from "./session/may.ts";
import { SignedInAs } from "./session/signed-in-as.tsx";
import { Link } from "./shared/link.tsx";
import { ZoneButton } from "./shared/zone-button.tsx";
import { readUserName, writeUserName } from "./shared/user-name.ts";

interface TopBarProps {
  readonly page: Route["page"];
  /** undefined: not known yet. */
  readonly session: Session | undefined;
  readonly onSignedOut: () => void;
}

/** The name of the product, its pages, and the name of the reader. */
export const TopBar = ({ page, session, onSignedOut }: TopBarProps) => {
  const offered = pageNames.filter((name) => may(session, pageOf(name).scope ?? "read"));
  const more = offered.filter(isMore);
  return (
    <header className="top-bar">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Link className="top-bar__brand" href={listAddress()}>
        MozDef
      </Link>
      <nav className="top-bar__pages" aria-label="Pages of the service">
        {offered
          .filter((name) => !isMore(name))
          .map((name) => (
            <PageLink key={name} name={name} page={page} />
          ))}
        {more.length > 0 && (
          <MoreMenu label="More" isCurrent={more.some((name) => name === page)}>
            {more.map((name) => (
              <PageLink key={name} name={name} page={page} />
            ))}
          </MoreMenu>
        )}
      </nav>
      {session?.required === true ? (
        session.name !== null && <SignedInAs session={session} onSignedOut={onSignedOut} />
      ) : (
        <>
          <ReaderName />
          <ZoneButton />
        </>
      )}
    </header>
  );
};

const isMore = (name: PageName): boolean => pageOf(name).isMore === true;

/** The page itself, or the list that it belongs to. */
const currentOf = (page: Route["page"], name: PageName): "page" | "true" | undefined => {
  if (page === name) return "page";
  return page === "rule" && name === "schedules" ? "true" : undefined;
};

const PageLink = ({ name, page }: { readonly name: PageName; readonly page: Route["page"] }) => (
  <Link href={pageOf(name).address} aria-current={currentOf(page, name)}>
    {pageOf(name).label}
  </Link>
);

/** Where there is no log-in, readers say who they are. */
const ReaderName = () => {
  const id = useId();
  const [name, setName] = useState(readUserName);
  return (
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
  );
};
