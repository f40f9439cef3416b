import { useEffect, useRef } from "react";
import type { MadeToken } from "../api/access-api.ts";
import { Command } from "../list/command.tsx";
import { visible } from "../shared/visible.ts";

interface MadeSecretProps {
  readonly made: MadeToken;
  readonly onHide: () => void;
}

/** The secret of a new token, which is not told again. */
export const MadeSecret = ({ made: { token, secret }, onHide }: MadeSecretProps) => {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="notice secret">
      <h3 ref={title} tabIndex={-1}>
        The secret of {visible(token.name)}
      </h3>
      <p>It is shown this once and is not kept: copy it to where it is used.</p>
      <Command text={secret} label={`the secret of ${visible(token.name)}`} />
      <button type="button" onClick={onHide}>
        Hide it
      </button>
    </div>
  );
};
