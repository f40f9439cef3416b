import type { User } from "@mozdef/alert-api";
import { endUserSessions, listUsers, removeUser } from "../api/access-api.ts";
import { useReader } from "../session/session-context.ts";
import { ConfirmButton } from "../shared/confirm-button.tsx";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { counted } from "../shared/format-number.ts";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { roleLabel } from "./roles.ts";
import { type Attempts, useAttempt } from "./use-attempt.ts";
import { UserChange } from "./user-change.tsx";
import { UserForm } from "./user-form.tsx";

const REFRESH_MS = 30_000;

/** People who sign in with a password that the service keeps. */
export const UsersSection = () => {
  const { data: users, error: loadError, reload } = usePolled("users", listUsers, REFRESH_MS);
  const { error: changeError, done, attempt } = useAttempt(reload);
  const self = useReader()?.name ?? null;
  const error = changeError ?? loadError;
  return (
    <section className="panel admin-section" aria-labelledby="users-title">
      <h2 id="users-title">Users</h2>
      <p className="muted">People who sign in with a name and a password that this service keeps.</p>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      <UserForm attempt={attempt} />
      <p role="status">{done}</p>
      {users?.length === 0 && <p>There are none.</p>}
      {users !== undefined && users.length > 0 && (
        <Table label="Users" columns={columnsOf(attempt, self)} rows={users} keyOf={({ name }) => name} />
      )}
    </section>
  );
};

const columnsOf = (attempt: Attempts["attempt"], self: string | null): readonly Column<User>[] => [
  {
    name: "Name",
    cell: ({ name }) => (
      <>
        {visible(name)}
        {name === self && <span className="muted"> (you)</span>}
      </>
    ),
  },
  { name: "Role", cell: ({ role }) => roleLabel(role) },
  {
    name: "Added",
    cell: ({ createdAt, createdBy }) => (
      <>
        <Timestamp value={createdAt} /> <span className="muted">by {visible(createdBy)}</span>
      </>
    ),
  },
  { name: "Changed", cell: ({ changedAt }) => <Timestamp value={changedAt} /> },
  {
    name: "Actions",
    isBare: true,
    cell: (user) => <Actions user={user} isSelf={user.name === self} attempt={attempt} />,
  },
];

interface ActionsProps extends Pick<Attempts, "attempt"> {
  readonly user: User;
  readonly isSelf: boolean;
}

const Actions = ({ user, isSelf, attempt }: ActionsProps) => {
  const { name } = user;
  const end = async () => `${counted(await endUserSessions(name), "session")} of ${visible(name)} ended.`;
  const remove = async () => {
    await removeUser(name);
    return `${visible(name)} was deleted.`;
  };
  return (
    <div className="row-actions">
      <UserChange user={user} attempt={attempt} />
      <ConfirmButton verb="Sign out everywhere" label={visible(name)} onConfirm={() => void attempt(end)} />
      {/* Whoever deletes themselves may leave nobody who can let them in again. */}
      {!isSelf && <ConfirmButton verb="Delete" label={visible(name)} onConfirm={() => void attempt(remove)} />}
    </div>
  );
};
