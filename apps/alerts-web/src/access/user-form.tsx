import type { Role } from "@mozdef/alert-api";
import { type SubmitEvent, useId } from "react";
import { createUser } from "../api/access-api.ts";
import { textOf } from "../shared/form-text.ts";
import { visible } from "../shared/visible.ts";
import { Choice } from "./choice.tsx";
import { NameField } from "./name-field.tsx";
import { ROLE_CHOICES } from "./roles.ts";
import type { Attempts } from "./use-attempt.ts";

/** Adds somebody who signs in with a password. */
export const UserForm = ({ attempt }: Pick<Attempts, "attempt">) => {
  const id = useId();
  const add = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const name = textOf(data, "name");
    void attempt(async () => {
      const user = await createUser({ name, role: textOf(data, "role") as Role, password: textOf(data, "password") });
      return `${visible(user.name)} may sign in.`;
    }).then((isDone) => isDone && form.reset());
  };
  return (
    <form className="admin-form" onSubmit={add} aria-label="New user">
      <NameField id={`${id}-name`} />
      <Choice id={`${id}-role`} name="role" label="Role" value="analyst" choices={ROLE_CHOICES} />
      <Password id={`${id}-password`} label="Password, at least 12 characters" isRequired />
      <button type="submit">Add user</button>
    </form>
  );
};

interface PasswordProps {
  readonly id: string;
  readonly label: string;
  readonly isRequired: boolean;
}

/** A new password. */
export const Password = ({ id, label, isRequired }: PasswordProps) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      name="password"
      type="password"
      autoComplete="new-password"
      minLength={12}
      maxLength={1_000}
      required={isRequired}
    />
  </div>
);
