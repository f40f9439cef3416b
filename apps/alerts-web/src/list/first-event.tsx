import { useHasLogIn } from "../session/session-context.ts";
import { Command } from "./command.tsx";
import { bruteforce, oneEvent } from "./first-event-commands.ts";

/** Shown while there are no alerts at all: the service works, and this is how to give it something to do. */
export const FirstEvent = () => {
  const hasLogIn = useHasLogIn();
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">No alerts yet</h2>
      <p>The service is up and watching. Send it a first event:</p>
      <Command text={oneEvent(window.location.origin, hasLogIn)} label="send one event" />
      <p>
        Ten failed logins from one address make an alert, within a minute, when the <code>ssh</code> pack is loaded:
      </p>
      <Command text={bruteforce(window.location.origin, hasLogIn)} label="send ten failed logins" />
      <p>This page shows it by itself.</p>
    </section>
  );
};
