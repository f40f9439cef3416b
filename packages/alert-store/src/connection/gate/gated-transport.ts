import {
  errors,
  Transport,
  type TransportRequestOptions,
  type TransportRequestParams,
  type TransportResult,
} from "@elastic/elasticsearch";
import { checkBody, fits, LARGEST_ANSWER } from "./bodies.ts";
import { deadlineOf } from "./deadlines.ts";
import { Gate } from "./gate.ts";
import { laneOf } from "./lanes.ts";

/** A kind of transport for the clients of one cluster, and what it knows of the cluster. */
export interface Gated {
  readonly Transport: typeof Transport;
  readonly gate: Pick<Gate, "silentMs">;
}

const EARLIER_MS = 10;

/**
 * The client's own transport behind a gate: requests have a deadline as a whole, take turns, have bodies that a server takes, and get
 * answers that are those of a store.
 *
 * The client sends a request again when the connection failed, up to three times and within the deadline; one that was given up, never.
 *
 * @param timeoutMs - See {@link deadlineOf}.
 */
export const gatedTransport = (timeoutMs: number): Gated => {
  const gate = new Gate(timeoutMs);
  class GatedTransport extends Transport {
    // The overloads of the base return different types depending on `meta`, which one body cannot express.
    override async request(params: TransportRequestParams, options: TransportRequestOptions = {}): Promise<never> {
      const { requestTimeout: wanted, signal: given, meta } = options;
      const deadlineMs = typeof wanted === "number" ? wanted : deadlineOf(params, timeoutMs);
      const sent = fits(params);
      const pass = { lane: laneOf(options), deadlineMs, isTelling: deadlineMs <= timeoutMs };
      const result = await gate.pass(pass, async (late, leftMs) => {
        const signal = given === undefined ? late : AbortSignal.any([given, late]);
        const limits = { maxResponseSize: LARGEST_ANSWER, maxCompressedResponseSize: LARGEST_ANSWER };
        // The client gives up a little earlier: it then prefers other nodes to the one that did not answer.
        const requestTimeout = Math.max(1, leftMs - EARLIER_MS);
        const asked = { ...limits, ...options, signal, requestTimeout, meta: true as const };
        try {
          const answer: TransportResult = await super.request(sent, asked);
          checkBody(params, answer);
          gate.answered();
          return answer;
        } catch (error) {
          if (error instanceof errors.ResponseError) gate.answered();
          throw error;
        }
      });
      return (meta === true ? result : result.body) as never;
    }
  }
  return { Transport: GatedTransport, gate };
};
