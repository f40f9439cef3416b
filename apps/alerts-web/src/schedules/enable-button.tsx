import { useState } from "react";

interface EnableButtonProps {
  readonly name: string;
  readonly enabled: boolean;
  readonly onChange: (enabled: boolean) => void;
}

/** Switches an alert on or off in two steps, since an alert that is off by mistake is noticed by nobody. */
export const EnableButton = ({ name, enabled, onChange }: EnableButtonProps) => {
  const [armed, setArmed] = useState(false);
  const verb = enabled ? "Disable" : "Enable";
  const press = () => {
    setArmed(!armed);
    if (armed) onChange(!enabled);
  };
  return (
    <button
      type="button"
      className={armed ? "armed" : undefined}
      aria-label={armed ? `${verb} ${name}` : `Arm: ${verb.toLowerCase()} ${name}`}
      onClick={press}
      onBlur={() => setArmed(false)}
    >
      {armed ? verb : `arm ${verb.toLowerCase()}`}
    </button>
  );
};
