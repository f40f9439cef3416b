import type { Session } from "@mozdef/alert-api";
import { type SubmitEvent, useEffect, useId, useRef, useState } from "react";
import { signIn } from "../api/session-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";

interface LogInPageProps {
  readonly session: Session;
  readonly onSignedIn: (session: Session) => void;
}

/** Asks who the reader is. The address stays: what they wanted to see is shown once they have signed in. */
export const LogInPage = ({ session, onSignedIn }: LogInPageProps) => {
  const problem = PROBLEMS.get(window.location.hash);
  return (
    <section className="log-in" aria-labelledby="log-in-title">
      <h1 id="log-in-title">Sign in</h1>
      {problem !== undefined && (
        <p className="notice notice--error" role="alert">
          {problem}
        </p>
      )}
      {session.provider !== null && <ProviderLink provider={session.provider} />}
      {session.password && <PasswordForm onSignedIn={onSignedIn} />}
      {session.provider === null && !session.password && <p>Only programs may sign in here, with a token.</p>}
    </section>
  );
};

/** What the service says of somebody who has come back from the provider. */
const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ["#sign-in-failed", "Signing in there did not work. The log of the service says why."],
  ["#sign-in-forbidden", "You may not use this service: none of your groups has a role here."],
]);

const ProviderLink = ({ provider }: { readonly provider: string }) => {
  const next = window.location.pathname + window.location.search;
  return (
    <a className="log-in__provider" href={`/login/oidc?next=${encodeURIComponent(next)}`}>
      Sign in with {provider}
    </a>
  );
};

const PasswordForm = ({ onSignedIn }: Pick<LogInPageProps, "onSignedIn">) => {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => name.current?.focus(), []);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    signIn({ name: textOf(form.get("name")), password: textOf(form.get("password")) })
      .then(onSignedIn, setError)
      .finally(() => setBusy(false));
  };
  return (
    <form className="log-in__form" onSubmit={submit}>
      {error !== undefined && <ErrorNotice error={error} />}
      <label htmlFor={`${id}-name`}>Name</label>
      <input
        id={`${id}-name`}
        ref={name}
        name="name"
        autoComplete="username"
        spellCheck={false}
        maxLength={200}
        required
      />
      <label htmlFor={`${id}-password`}>Password</label>
      <input
        id={`${id}-password`}
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={1000}
        required
      />
      <button type="submit" aria-disabled={busy}>
        Sign in
      </button>
    </form>
  );
};

const textOf = (value: FormDataEntryValue | null): string => (typeof value === "string" ? value : "");
