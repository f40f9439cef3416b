import { Command } from "../list/command.tsx";
import { oneEvent } from "../list/first-event-commands.ts";
import { pageOf } from "../routing/pages.ts";
import { useHasLogIn, useMay } from "../session/session-context.ts";
import { Link } from "../shared/link.tsx";

/** How to send a first event. */
export const HowToSend = () => {
  const hasLogIn = useHasLogIn();
  const mayMakeTokens = useMay("admin");
  return (
    <>
      <p>Send a first event:</p>
      <Command text={oneEvent(window.location.origin, hasLogIn)} label="send one event" />
      {hasLogIn && (
        <p>
          Put a token with the scope <code>intake</code> in it
          {mayMakeTokens ? (
            <>
              , which is made under <Link href={pageOf("access").address}>Access</Link>.
            </>
          ) : (
            ", which an administrator makes."
          )}
        </p>
      )}
      <p className="muted">
        Log shippers also send as to Elasticsearch (<code>_bulk</code>), to Splunk (<code>/services/collector</code>),
        as OpenTelemetry (<code>/v1/logs</code>), and by syslog, once the configuration has a port for it.
      </p>
    </>
  );
};
