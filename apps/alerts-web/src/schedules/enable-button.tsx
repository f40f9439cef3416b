import { type SubmitEvent, useEffect, useId, useRef, useState } from "react";

interface EnableButtonProps {
  readonly name: string;
  readonly enabled: boolean;
  /** @param reason - Empty when nobody says why. */
  readonly onChange: (enabled: boolean, reason: string) => void;
}

/** Switches an alert on or off in two steps, since an alert that is off by mistake is noticed by nobody. The second may say why. */
export const EnableButton = ({ name, enabled, onChange }: EnableButtonProps) => {
  const [armed, setArmed] = useState(false);
  const arm = useRef<HTMLButtonElement>(null);
  const goesBack = useRef(false);
  useEffect(() => {
    // Whoever has pressed a key in the form finds the focus where it was before.
    if (!armed && goesBack.current) arm.current?.focus();
    goesBack.current = false;
  }, [armed]);
  const close = ({ focus }: { readonly focus: boolean }) => {
    goesBack.current = focus;
    setArmed(false);
  };
  if (armed)
    return (
      <EnableForm
        verb={verbOf(enabled)}
        name={name}
        onClose={close}
        onSubmit={(reason) => {
          close({ focus: true });
          onChange(!enabled, reason);
        }}
      />
    );
  const label = `arm ${verbOf(enabled).toLowerCase()}`;
  return (
    <button ref={arm} type="button" aria-label={`${label}: ${name}`} onClick={() => setArmed(true)}>
      {label}
    </button>
  );
};

const verbOf = (enabled: boolean): string => (enabled ? "Disable" : "Enable");

interface EnableFormProps {
  readonly verb: string;
  readonly name: string;
  readonly onClose: (how: { readonly focus: boolean }) => void;
  readonly onSubmit: (reason: string) => void;
}

const EnableForm = ({ verb, name, onClose, onSubmit }: EnableFormProps) => {
  const id = useId();
  const [reason, setReason] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit(reason.trim());
  };
  return (
    <form
      className="enable-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose({ focus: true });
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) onClose({ focus: false });
      }}
    >
      <label className="visually-hidden" htmlFor={id}>
        Why {verb.toLowerCase()} {name}
      </label>
      <input
        ref={input}
        id={id}
        type="text"
        placeholder="Why (optional)"
        maxLength={1_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <button type="submit" className="armed" aria-label={`${verb} ${name}`}>
        {verb}
      </button>
    </form>
  );
};
