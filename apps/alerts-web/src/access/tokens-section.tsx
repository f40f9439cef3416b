import type { Token } from "@mozdef/alert-api";
import { useState } from "react";
import { listTokens, type MadeToken, revokeToken } from "../api/access-api.ts";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { MadeSecret } from "./made-secret.tsx";
import { TokenForm } from "./token-form.tsx";
import { type Attempts, useAttempt } from "./use-attempt.ts";

const REFRESH_MS = 30_000;

/** What programs sign in with. */
export const TokensSection = () => {
  const { data: tokens, error: loadError, reload } = usePolled("tokens", listTokens, REFRESH_MS);
  const { error: changeError, done, attempt } = useAttempt(reload);
  const [made, setMade] = useState<MadeToken>();
  const error = changeError ?? loadError;
  return (
    <section className="panel admin-section" aria-labelledby="tokens-title">
      <h2 id="tokens-title">Tokens</h2>
      <p className="muted">What programs sign in with: log shippers, monitoring, scripts.</p>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      <TokenForm attempt={attempt} onMade={setMade} />
      <p role="status">{done}</p>
      {made !== undefined && <MadeSecret key={made.secret} made={made} onHide={() => setMade(undefined)} />}
      {tokens?.length === 0 && <p>There are none.</p>}
      {tokens !== undefined && tokens.length > 0 && (
        <Table label="Tokens" columns={columnsOf(attempt)} rows={tokens} keyOf={({ name }) => name} />
      )}
    </section>
  );
};

const columnsOf = (attempt: Attempts["attempt"]): readonly Column<Token>[] => [
  { name: "Name", cell: ({ name }) => visible(name) },
  { name: "Scope", cell: ({ scope }) => <code>{scope}</code> },
  {
    name: "Made",
    cell: ({ createdAt, createdBy }) => (
      <>
        <Timestamp value={createdAt} /> <span className="muted">by {visible(createdBy)}</span>
      </>
    ),
  },
  {
    name: "Ends",
    cell: ({ expiresAt }) => (expiresAt === null ? "Never" : <Timestamp value={expiresAt} />),
    isFailed: ({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) < Date.now(),
  },
  {
    name: "Last used",
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? "Not yet" : <Timestamp value={lastUsedAt} />),
  },
  {
    name: "Actions",
    isBare: true,
    cell: ({ name }) => (
      <ConfirmButton
        verb="Revoke"
        label={visible(name)}
        onConfirm={() =>
          void attempt(async () => {
            await revokeToken(name);
            return `The token ${visible(name)} was revoked.`;
          })
        }
      />
    ),
  },
];
