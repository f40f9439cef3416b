import { errors } from "@elastic/elasticsearch";

/** What a failure of TLS means here, by what OpenSSL and Node call it. */
const EXPLANATIONS: readonly (readonly [RegExp, string])[] = [
  [
    /self[- ]signed certificate|unable to (?:verify|get)/i,
    "the certificate of the store is not signed by an authority that this machine knows: give that authority as tls.ca, or its tls.fingerprint",
  ],
  [
    /certificate required|bad certificate|alert number (?:116|42)/i,
    "the store wants to see a certificate that it knows: give tls.cert and tls.key",
  ],
  // What a server of TLS 1.3 does that misses one, unless its reason comes in time.
  [/other side closed|ECONNRESET|socket hang up/, "if the store wants to see a certificate, give tls.cert and tls.key"],
  [/wrong version number|packet length too long/i, "the store does not speak TLS there: is it http instead of https"],
];

/** A failure to connect, with what to do about it when that is known. */
export const explained = (error: unknown, { protocol }: URL): unknown => {
  if (!(error instanceof errors.ConnectionError) || protocol !== "https:") return error;
  const explanation = EXPLANATIONS.find(([pattern]) => pattern.test(error.message))?.[1];
  return explanation === undefined ? error : new errors.ConnectionError(`${error.message}: ${explanation}`);
};
