import type { Alert, Delivery } from "@mozdef/alert-api";
import { listDeliveries } from "../api/delivery-api.ts";
import { deliverySentence } from "../deliveries/delivery-sentence.ts";
import { useReplay } from "../deliveries/use-replay.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { Link } from "../shared/link.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { mutingsOf } from "./muted-by.ts";

const REFRESH_MS = 5_000;

/** Where the alert was sent and why, and why it was not. */
export const AlertDeliveries = ({ alert: { _id: id, _source: fields } }: { readonly alert: Alert }) => {
  const search = new URLSearchParams({ alert: id }).toString();
  const { data: deliveries, reload } = usePolled(id, (signal) => listDeliveries(search, signal), REFRESH_MS);
  const mutedBy = new Map(Object.entries(fields)).get("mutedby");
  if (deliveries === undefined) return null;
  return (
    <section aria-labelledby="deliveries-title">
      <h2 id="deliveries-title">Deliveries ({deliveries.length})</h2>
      <Muted mutedBy={mutedBy} />
      {deliveries.length === 0 ? (
        mutingsOf(mutedBy).length === 0 && <p>It goes to nobody: no action is configured, or no route leads to one.</p>
      ) : (
        <Sentences deliveries={deliveries} onReplayed={reload} />
      )}
    </section>
  );
};

const Muted = ({ mutedBy }: { readonly mutedBy: unknown }) =>
  mutingsOf(mutedBy).map(({ text, href }, index) => (
    <p key={index}>
      Nobody was sent it when it was made: it was muted by {href === undefined ? text : <Link href={href}>{text}</Link>}
      .
    </p>
  ));

interface SentencesProps {
  readonly deliveries: readonly Delivery[];
  readonly onReplayed: () => void;
}

const Sentences = ({ deliveries, onReplayed }: SentencesProps) => {
  const { isAllowed, error, replay } = useReplay(onReplayed);
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <ul className="deliveries">
        {deliveries.map((delivery) => (
          <li key={delivery.id} className={delivery.status === "dead" ? "schedules__error" : undefined}>
            {deliverySentence(delivery)}{" "}
            {isAllowed && delivery.status !== "pending" && (
              <button
                type="button"
                aria-label={`Send again: ${visible(delivery.target)}`}
                onClick={() => replay(delivery.id)}
              >
                Send again
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
};
