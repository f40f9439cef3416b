import { useReader } from "../session/session-context.ts";
import { TokensSection } from "./tokens-section.tsx";
import { UsersSection } from "./users-section.tsx";

/** Who may use the service. */
const AccessPage = () => {
  const session = useReader();
  return (
    <>
      <h1 className="page-title">Access</h1>
      {session?.required === false && <NoLogIn />}
      {session?.required === true && session.provider !== null && (
        <p className="admin-lead">
          People also sign in with {session.provider}: the configuration says which role goes with which group.
        </p>
      )}
      <UsersSection />
      <TokensSection />
    </>
  );
};

/** Users and tokens are made before the log-in is switched on: somebody has to be the first to sign in. */
const NoLogIn = () => (
  <div className="notice">
    <p>
      <strong>There is no log-in: whoever reaches this service may do everything.</strong> It is switched on with{" "}
      <code>auth</code> in the configuration. The users and tokens below count from then on; make an administrator
      first.
    </p>
  </div>
);

export default AccessPage;
