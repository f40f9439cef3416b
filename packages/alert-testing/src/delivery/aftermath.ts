import {
  createMutes,
  createOutbox,
  createRouter,
  createSilence,
  type Mutes,
  type Outbox,
  type Router,
} from "@mozdef/alert-engine";
import type { AlertMessage, DeliveryEvent } from "@mozdef/alert/runtime";
import { alertsOfDispatches, listDispatches, queueNotices, type StoredDispatch } from "@mozdef/alert-store";
import { SILENT } from "../site/silent-log.ts";
import type { WorkingSite } from "../site/working-site.ts";
import type { PreparedDelivery } from "../suite/read-delivery.ts";
import { type Delivered, notedAction } from "./delivered.ts";

/** A delivery, and when it was. */
export interface NotedDelivery extends Delivered {
  readonly target: string;
  readonly atMs: number;
  /** Of the first alert that it is about. */
  readonly alertId: string;
}

export interface AftermathOptions {
  readonly site: WorkingSite;
  readonly delivery: PreparedDelivery;
  /** Where times are counted from. */
  readonly start: Date;
  readonly fetch: typeof fetch;
}

/** Documents of deliveries that are looked at: far more than a case has. */
const MOST = 1_000;

/** What happens to the alerts of a case after they are saved: the router and the outbox of the service, on the store and the clock of the site. */
export class Aftermath {
  readonly router: Router;
  /** Why it was not known whether an alert is muted by another one. */
  readonly failures: unknown[] = [];
  readonly #options: AftermathOptions;
  readonly #mutes: Mutes;
  readonly #outbox: Outbox;
  readonly #noted: NotedDelivery[] = [];
  readonly #muted = new Set<string>();

  private constructor(options: AftermathOptions) {
    const { site, fetch, delivery } = options;
    const { routes, windows, inhibitions } = delivery;
    const { store } = site;
    const actions = Object.fromEntries(
      Object.entries(delivery.actions).map(([target, action]) => [
        target,
        notedAction(action, (alertId, delivered) => this.#note(target, alertId, delivered)),
      ]),
    );
    const clock = { now: () => new Date(site.now), elapsedMs: () => 0, sleep: () => Promise.resolve() };
    const services = { log: SILENT, fetch };
    const mutes = createMutes({ store, windows, inhibitions, onFailure: (error) => this.failures.push(error) });
    this.#options = options;
    this.#mutes = mutes;
    this.router = createRouter({ actions, routes, mutes });
    this.#outbox = createOutbox({ store, clock, actions, routes, mutes, services });
  }

  /** @throws {EngineError} `SILENCE_INVALID`. */
  static async open(options: AftermathOptions): Promise<Aftermath> {
    const aftermath = new Aftermath(options);
    const { site, start, delivery } = options;
    for (const { fromMs, untilMs, ...silence } of delivery.silences) {
      const [from, until] = [fromMs, untilMs].map((ms) => new Date(start.getTime() + ms)) as [Date, Date];
      await createSilence(site.store, { ...silence, from, until }, start);
    }
    if (delivery.silences.length > 0) await aftermath.#mutes.refresh(start);
    return aftermath;
  }

  /** Sends what is due until a time, each at its own; the clock of the site is there afterwards. */
  async playUntil(end: Date): Promise<void> {
    const { site } = this.#options;
    await this.#noteMuted();
    for (;;) {
      const next = await this.#outbox.drain();
      await this.#noteMuted();
      if (next === null || next > end) break;
      site.now = next.toISOString();
    }
    site.now = end.toISOString();
  }

  /** Somebody acknowledges or closes an alert, and its receivers are told. */
  async tell(alert: AlertMessage, event: Exclude<DeliveryEvent, "trigger">, by: string): Promise<void> {
    const { site } = this.#options;
    const targets = this.router.tells(event);
    await queueNotices(site.store, alert, { event, by, now: new Date(site.now) }, (target) => targets.includes(target));
  }

  /** Every delivery so far: by time, those of one time in the order in which the alerts were made. */
  async deliveries(): Promise<readonly NotedDelivery[]> {
    const order = new Map((await this.#options.site.alertsSoFar()).map(({ _id }, place) => [_id, place]));
    const place = ({ alertId }: NotedDelivery): number => order.get(alertId) ?? order.size;
    return this.#noted.toSorted((a, b) => a.atMs - b.atMs || place(a) - place(b));
  }

  /** What has not been sent yet, the next first. */
  async waiting(): Promise<readonly StoredDispatch[]> {
    const pending = await listDispatches(this.#options.site.store, { status: "pending", size: MOST });
    return pending.toSorted((a, b) => a.nextat.localeCompare(b.nextat));
  }

  #note(target: string, alertId: string, delivered: Delivered): void {
    const { site, start } = this.#options;
    this.#noted.push({ target, alertId, atMs: Date.parse(site.now) - start.getTime(), ...delivered });
  }

  /** Of alerts alone: that a receiver is not told what becomes of one that it never got goes without saying. */
  async #noteMuted(): Promise<void> {
    const { store } = this.#options.site;
    const muted = await listDispatches(store, { status: "muted", size: MOST });
    const fresh = muted.filter(({ id, notice }) => notice === undefined && !this.#muted.has(id));
    for (const [place, { alert }] of (await alertsOfDispatches(store, fresh)).entries()) {
      const dispatch = fresh[place];
      if (dispatch === undefined || alert === null) continue;
      this.#muted.add(dispatch.id);
      const { target, reason = null } = dispatch;
      const { _id, _source } = alert;
      this.#note(target, _id, { event: "trigger", alert: _source, alerts: [_source], muted: reason ?? "" });
    }
  }
}
