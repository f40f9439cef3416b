import type { AlertAction, DeliveryEvent } from "@mozdef/alert/runtime";
import type { InhibitionInput, Match, RouteInput, WindowInput } from "@mozdef/alert-engine";
import type { ExpectedAlert, ExpectedRequest } from "./expected.ts";

/** A silence that is there when the first run begins. */
export interface CaseSilence {
  readonly match: Match;
  /** From the suite's `now`. Default `"0s"`. */
  readonly from?: string;
  /** From the suite's `now`. Default: a year. */
  readonly until?: string;
  /** Default `"somebody"`. */
  readonly by?: string;
  /** Default `"silenced by the test"`. */
  readonly reason?: string;
}

/** What happens to alerts after they are saved, in the words of the configuration. */
export interface DeliveryOptions<Target extends string = string> {
  /** Receivers by their names: actions as they are configured, or `receiver()`. Default: none. */
  readonly actions?: Readonly<Partial<Record<Target, AlertAction>>>;
  /** Where alerts go, and when. Default: each at once to every action that wants it. */
  readonly routes?: readonly RouteInput<NoInfer<Target>>[];
  readonly silences?: readonly CaseSilence[];
  readonly inhibit?: readonly InhibitionInput[];
  readonly windows?: readonly WindowInput[];
}

/**
 * A message that a receiver is expected to be handed, or one that is kept from it. Only what is named counts, except that one that is muted
 * or not taken has to be expected so.
 */
export interface ExpectedDelivery {
  /** When, from the suite's `now`: `"30s"`. */
  readonly at?: string;
  /** What is told. */
  readonly event?: DeliveryEvent;
  /** The message; one for several alerts sums them up. */
  readonly alert?: ExpectedAlert;
  /** The alerts that it stands for, oldest first. */
  readonly alerts?: readonly ExpectedAlert[];
  /** Who has acknowledged or closed the alert. */
  readonly by?: string | null;
  /** 1 for the first. */
  readonly attempt?: number;
  /** What the action asked of the network for it, in order. */
  readonly requests?: readonly ExpectedRequest[];
  /** By what it is kept from being sent: `"silence of ann: known"`. */
  readonly muted?: string | RegExp;
  /** Why the receiver does not take it for now; it is tried again. */
  readonly retry?: string | RegExp;
  /** Why the receiver never takes it. */
  readonly refused?: string | RegExp;
}

/** What every receiver of a case is expected to get, in order; one that is not named gets nothing. */
export type ExpectedDeliveries<Target extends string = string> = Readonly<
  Partial<Record<Target, readonly ExpectedDelivery[]>>
>;
