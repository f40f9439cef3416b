import { type AlertStore, findOpenAlerts } from "@mozdef/alert-store";
import type { MutedBy } from "@mozdef/alert/runtime";
import { type Inhibition, inhibitorOf, inhibitorsOf, type Seen } from "./inhibition.ts";
import type { MaintenanceWindow } from "./maintenance-window.ts";
import { type ReadSilence, readSilence, type Silence, silenceState } from "./silence.ts";
import { listSilences } from "./stored-silences.ts";

export interface MutesOptions {
  readonly store: AlertStore;
  /** Of the configuration. Default: none. */
  readonly windows?: readonly MaintenanceWindow[];
  readonly inhibitions?: readonly Inhibition[];
  /** Told when it is not known whether an alert is inhibited: then it is sent. Default: nobody. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/** What mutes alerts: silences of people, maintenance windows, other alerts. */
export interface Mutes {
  /** Takes over what others have changed about silences. @throws {StoreError} */
  refresh(now: Date): Promise<void>;
  /** The silences as they are known. */
  readonly silences: readonly Silence[];
  /**
   * By what each alert is muted, in the order given; none: it is sent. Asks the store only for alerts that a rule of inhibition may mute.
   *
   * @param beside - Alerts that are about to be stored and may mute others. Default: none.
   */
  mutedBy(alerts: readonly Seen[], now: Date, beside?: readonly Seen[]): Promise<readonly (readonly MutedBy[])[]>;
}

export const createMutes = ({ store, windows = [], inhibitions = [], onFailure }: MutesOptions): Mutes => {
  let known: readonly ReadSilence[] = [];

  const byRule = async (
    rule: Inhibition,
    alerts: readonly Seen[],
    now: Date,
    beside: readonly Seen[],
  ): Promise<ReadonlyMap<Seen, MutedBy>> => {
    const concerned = alerts.filter(({ _source }) => rule.mutes(_source));
    if (concerned.length === 0) return new Map();
    try {
      const open = [...beside, ...(await findOpenAlerts(store, inhibitorsOf(rule, now)))];
      return new Map(
        concerned.flatMap((alert): [Seen, MutedBy][] => {
          const by = inhibitorOf(rule, alert, open);
          return by === null ? [] : [[alert, mutedByAlert(by)]];
        }),
      );
    } catch (error) {
      // Rather a message too many than one too few.
      onFailure?.(error);
      return new Map();
    }
  };

  return {
    get silences() {
      return known.map(({ silence }) => silence);
    },
    refresh: async (now) => {
      const silences = (await listSilences(store, now)).filter((silence) => silenceState(silence, now) !== "expired");
      const before = new Map(known.map((read) => [read.silence.id, read]));
      known = silences.map((silence) => {
        const read = before.get(silence.id);
        return read !== undefined && isSame(read.silence, silence) ? read : readSilence(silence);
      });
    },
    mutedBy: async (alerts, now, beside = []) => {
      const rules: ReadonlyMap<Seen, MutedBy>[] = [];
      for (const rule of inhibitions) rules.push(await byRule(rule, alerts, now, beside));
      const active = known.filter(({ silence }) => silenceState(silence, now) === "active");
      const open = windows.filter((window) => window.isWithin(now));
      return alerts.map((alert) => [
        ...active.flatMap(({ silence, matches }) => (matches(alert._source) ? [mutedBySilence(silence)] : [])),
        ...open.flatMap(({ name, matches }) =>
          matches(alert._source) ? [{ kind: "window" as const, id: name, reason: "maintenance window" }] : [],
        ),
        ...rules.flatMap((muted) => muted.get(alert) ?? []),
      ]);
    },
  };
};

const isSame = (one: Silence, other: Silence): boolean => JSON.stringify(one) === JSON.stringify(other);

const mutedBySilence = ({ id, by, reason }: Silence): MutedBy => ({
  kind: "silence",
  id,
  reason: `silence of ${by}: ${reason}`,
});

const mutedByAlert = ({ _id, _source }: Seen): MutedBy => ({
  kind: "inhibition",
  id: _id,
  reason: `${_source.classname} is open: ${_source.summary.slice(0, 200)}`,
});
