import type { Role, User } from "@mozdef/alert-api";
import { type SubmitEvent, useId, useRef } from "react";
import { changeUser } from "../api/access-api.ts";
import { textOf } from "../shared/form-text.ts";
import { visible } from "../shared/visible.ts";
import { Choice } from "./choice.tsx";
import { ROLE_CHOICES } from "./roles.ts";
import type { Attempts } from "./use-attempt.ts";
import { Password } from "./user-form.tsx";

interface UserChangeProps extends Pick<Attempts, "attempt"> {
  readonly user: User;
}

/** Another role or password for somebody. */
export const UserChange = ({ user: { name, role }, attempt }: UserChangeProps) => {
  const id = useId();
  const details = useRef<HTMLDetailsElement>(null);
  const change = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const password = textOf(data, "password");
    void attempt(async () => {
      await changeUser(name, { role: textOf(data, "role") as Role, ...(password !== "" && { password }) });
      return `${visible(name)} was changed, and has to sign in again.`;
    }).then((isDone) => {
      if (!isDone) return;
      form.reset();
      if (details.current !== null) details.current.open = false;
    });
  };
  return (
    <details ref={details} className="row-menu">
      <summary aria-label={`Change: ${visible(name)}`}>Change</summary>
      <form className="row-form" onSubmit={change} aria-label={`Change of ${visible(name)}`}>
        <Choice key={role} id={`${id}-role`} name="role" label="Role" value={role} choices={ROLE_CHOICES} />
        <Password id={`${id}-password`} label="New password, or none" isRequired={false} />
        <button type="submit">Save</button>
      </form>
    </details>
  );
};
