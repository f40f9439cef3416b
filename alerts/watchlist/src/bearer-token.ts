import { createHmac } from "node:crypto";

/** Long enough for one request, even when clocks differ. */
const VALID_SECONDS = 300;

/** A JSON Web Token (HS256) that proves that its maker knows the secret. */
export const bearerToken = (secret: string, now: Date): string => {
  const issued = Math.floor(now.getTime() / 1_000);
  const content = [
    { alg: "HS256", typ: "JWT" },
    { iat: issued, exp: issued + VALID_SECONDS },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
};
