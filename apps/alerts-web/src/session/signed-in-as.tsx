import type { Session } from "@mozdef/alert-api";
import { useState } from "react";
import { signOut, signOutEverywhere } from "../api/session-api.ts";
import { MoreMenu } from "../more-menu.tsx";
import { ZoneButton } from "../shared/zone-button.tsx";
import { visible } from "../shared/visible.ts";

interface SignedInAsProps {
  readonly session: Session;
  readonly onSignedOut: () => void;
}

/** Who has signed in, and the ways out. */
export const SignedInAs = ({ session, onSignedOut }: SignedInAsProps) => {
  const [failed, setFailed] = useState(false);
  const leave = (way: () => Promise<unknown>) => () => {
    way().then(onSignedOut, () => setFailed(true));
  };
  return (
    <div className="top-bar__session">
      {failed && <span role="alert">That failed: try again.</span>}
      <MoreMenu
        isLast
        label={
          <>
            <span className="top-bar__as">Signed in as </span>
            <strong>{visible(session.name ?? "")}</strong>
          </>
        }
      >
        {session.scope !== null && <span className="more__note">May: {session.scope}</span>}
        <ZoneButton isWordy />
        <button type="button" onClick={leave(signOut)}>
          Sign out
        </button>
        <button type="button" onClick={leave(signOutEverywhere)}>
          Sign out everywhere
        </button>
      </MoreMenu>
    </div>
  );
};
