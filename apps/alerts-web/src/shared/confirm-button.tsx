import { useState } from "react";

interface ConfirmButtonProps {
  /** What the button reads at first, and what it does. */
  readonly verb: string;
  /** What it does it to, for readers who hear the button without its row. */
  readonly label: string;
  readonly onConfirm: () => void;
}

/** Does what cannot be taken back in two steps. Leaving it, or Escape, takes the first one back. */
export const ConfirmButton = ({ verb, label, onConfirm }: ConfirmButtonProps) => {
  const [isArmed, setArmed] = useState(false);
  const press = () => {
    setArmed(!isArmed);
    if (isArmed) onConfirm();
  };
  return (
    <button
      type="button"
      className={isArmed ? "armed" : undefined}
      aria-label={isArmed ? `Confirm: ${verb.toLowerCase()} ${label}` : `${verb}: ${label}`}
      onClick={press}
      onBlur={() => setArmed(false)}
      onKeyDown={({ key }) => {
        if (key === "Escape") setArmed(false);
      }}
    >
      {isArmed ? `Confirm: ${verb.toLowerCase()}` : verb}
    </button>
  );
};
