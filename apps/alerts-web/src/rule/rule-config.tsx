import type { ScheduleDetails } from "@mozdef/alert-api";
import { visible } from "../shared/visible.ts";

const ORIGINS: Readonly<Record<ScheduleDetails["config"][number]["origin"], string>> = {
  configuration: "the configuration of the service",
  pack: "the pack",
  default: "the alert's own default",
};

/** What the rule goes by, and who says so. */
export const RuleConfig = ({ details: { config } }: { readonly details: ScheduleDetails }) => (
  <section aria-labelledby="config-title">
    <h2 id="config-title">Configuration</h2>
    {config.length === 0 && <p>It takes no configuration.</p>}
    {config.length > 0 && (
      <dl className="fields">
        {config.map(({ key, value, origin }) => (
          <div key={key} className="fields__row">
            <dt>{visible(key)}</dt>
            <dd>
              {value === null ? <em>kept secret</em> : <code>{visible(value)}</code>}{" "}
              <span className="muted">from {ORIGINS[origin]}</span>
            </dd>
          </div>
        ))}
      </dl>
    )}
  </section>
);
