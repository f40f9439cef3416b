import { isoUtc } from "@mozdef/alert";
import type { Backtest } from "@mozdef/alert-api";
import { placeInCode, type RehearsedSlot } from "@mozdef/alert-engine";

const HOUR_MS = 3_600_000;
const MOST_SAMPLES = 20;
const MOST_ERRORS = 10;
const LONGEST_SUMMARY = 500;

type Hour = Omit<Backtest["hours"][number], "from">;

/** Counts what comes of the slots of a backtest. */
export class BacktestTally {
  readonly #from: Date;
  #until: Date;
  #isEnded = false;
  #slots = 0;
  #added = 0;
  #keepsState = false;
  readonly #hours = new Map<number, Hour>();
  #samples: Backtest["samples"][number][] = [];
  readonly #errors = new Map<string, Backtest["errors"][number]>();

  constructor(from: Date, until: Date) {
    this.#from = from;
    this.#until = until;
  }

  take({ slot, alerts, added, errors, keeps }: RehearsedSlot): void {
    const key = hourOf(slot);
    const hour = this.#hours.get(key) ?? NOTHING;
    const failed = errors.length > 0 ? 1 : 0;
    this.#hours.set(key, { slots: hour.slots + 1, alerts: hour.alerts + alerts.length, failed: hour.failed + failed });
    this.#slots += 1;
    this.#added += added;
    this.#keepsState ||= keeps;
    const samples = alerts.slice(-MOST_SAMPLES).map(({ _source: { severity, summary } }) => ({
      ...{ slot: isoUtc(slot), severity, summary: summary.slice(0, LONGEST_SUMMARY) },
    }));
    this.#samples = [...samples.reverse(), ...this.#samples].slice(0, MOST_SAMPLES);
    for (const error of errors.slice(0, MOST_ERRORS)) this.#note(error);
  }

  #note(error: RehearsedSlot["errors"][number]): void {
    const { code, message } = error;
    if (this.#errors.has(message) || this.#errors.size >= MOST_ERRORS) return;
    const place = placeInCode(error);
    this.#errors.set(message, { code, message, ...(place !== null && { place }) });
  }

  /** Nothing after this slot was looked at. */
  endAt(slot: Date): void {
    this.#until = slot;
    this.#isEnded = true;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  result(): Omit<Backtest, "alert"> {
    const hours = this.#everyHour();
    return {
      ...{ from: isoUtc(this.#from), until: isoUtc(this.#until), slots: this.#slots, added: this.#added, hours },
      alerts: hours.reduce((sum, { alerts }) => sum + alerts, 0),
      samples: this.#samples,
      errors: [...this.#errors.values()],
      cut: this.#isEnded ? "time" : null,
      keepsState: this.#keepsState,
    };
  }

  #everyHour(): Backtest["hours"] {
    const hours = [];
    for (let key = hourOf(this.#from); key <= hourOf(this.#until); key += HOUR_MS)
      hours.push({ from: isoUtc(new Date(key)), ...(this.#hours.get(key) ?? NOTHING) });
    return hours;
  }
}

const NOTHING: Hour = { slots: 0, alerts: 0, failed: 0 };

/** The start of its hour. */
const hourOf = (time: Date): number => Math.floor(time.getTime() / HOUR_MS) * HOUR_MS;
