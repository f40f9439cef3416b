import type { Scope } from "@mozdef/alert-api";
import { type SubmitEvent, useId } from "react";
import { createToken, type MadeToken } from "../api/access-api.ts";
import { textOf } from "../shared/form-text.ts";
import { visible } from "../shared/visible.ts";
import { Choice } from "./choice.tsx";
import { NameField } from "./name-field.tsx";
import { SCOPE_CHOICES } from "./roles.ts";
import type { Attempts } from "./use-attempt.ts";

const ENDS = [
  ["30d", "In 30 days"],
  ["90d", "In 90 days"],
  ["365d", "In a year"],
  ["", "Never"],
] as const;

interface TokenFormProps extends Pick<Attempts, "attempt"> {
  readonly onMade: (made: MadeToken) => void;
}

/** Makes a token. */
export const TokenForm = ({ attempt, onMade }: TokenFormProps) => {
  const id = useId();
  const make = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const expires = textOf(data, "expires");
    void attempt(async () => {
      const wanted = { name: textOf(data, "name"), scope: textOf(data, "scope") as Scope };
      const made = await createToken({ ...wanted, ...(expires !== "" && { expires }) });
      onMade(made);
      return `The token ${visible(made.token.name)} was made.`;
    }).then((isDone) => isDone && form.reset());
  };
  return (
    <form className="admin-form" onSubmit={make} aria-label="New token">
      <NameField id={`${id}-name`} />
      <Choice id={`${id}-scope`} name="scope" label="Scope" value="intake" choices={SCOPE_CHOICES} />
      <Choice id={`${id}-expires`} name="expires" label="Ends" value="90d" choices={ENDS} />
      <button type="submit">Make token</button>
    </form>
  );
};
