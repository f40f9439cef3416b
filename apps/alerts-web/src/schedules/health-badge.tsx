import { type Health, healthLabel } from "./schedule-health.ts";

/** How an alert is doing, in a word on a colour. */
export const HealthBadge = ({ health }: { readonly health: Health }) => (
  <span className={`health health--${health}`}>{healthLabel(health)}</span>
);
