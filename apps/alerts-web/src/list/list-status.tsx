import type { AlertPage } from "@mozdef/alert-api";
import { timeOfDay } from "../shared/format-time.ts";

interface ListStatusProps {
  readonly page: (AlertPage & { readonly fresh: readonly string[]; readonly updated: Date }) | undefined;
  readonly failing: boolean;
}

/** How many alerts are shown, out of how many, and how old that is. New alerts are announced to screen readers. */
export const ListStatus = ({ page, failing }: ListStatusProps) => (
  <div className="list-status">
    <p>
      {page === undefined ? (
        !failing && "Loading…"
      ) : (
        <>
          <strong data-testid="count">
            {page.alerts.length}/{page.total}
          </strong>{" "}
          alerts displayed
        </>
      )}
    </p>
    {page !== undefined && (
      <p className={failing ? "live live--failing" : "live"}>
        {failing ? "Not up to date: last answer" : "Updated"} {timeOfDay(page.updated)}
      </p>
    )}
    <p className="visually-hidden" role="status">
      {page !== undefined && page.fresh.length > 0 && `${page.fresh.length} new ${plural(page.fresh.length)}`}
    </p>
  </div>
);

const plural = (count: number): string => (count === 1 ? "alert" : "alerts");
