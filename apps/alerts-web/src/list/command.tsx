import { useState } from "react";

interface CommandProps {
  readonly text: string;
  /** What the command does, for the name of the copy button. */
  readonly label: string;
}

/** A shell command with a button to copy it. */
export const Command = ({ text, label }: CommandProps) => {
  const [state, setState] = useState("Copy");
  const copy = () => {
    // Browsers offer the clipboard to https and localhost only; elsewhere it is undefined, whatever the types say.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const copied = clipboard?.writeText(text) ?? Promise.reject(new Error("This page has no clipboard."));
    copied.then(
      () => setState("Copied"),
      () => setState("Select it to copy"),
    );
  };
  return (
    <div className="command">
      <pre tabIndex={0} aria-label={`Command: ${label}`}>
        <code>{text}</code>
      </pre>
      <button type="button" onClick={copy} aria-label={`${state}: ${label}`}>
        {state}
      </button>
    </div>
  );
};
