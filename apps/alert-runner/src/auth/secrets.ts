import { createHash, randomBytes } from "node:crypto";

/** Begins the secret of every token, so that one that has got into a file or a repository can be found there. */
export const TOKEN_PREFIX = "mzd_";

/** Something that cannot be guessed: 256 random bits. */
export const newSecret = (prefix: string): string => `${prefix}${randomBytes(32).toString("base64url")}`;

/** What is kept of a secret that cannot be guessed. One that people think up needs more than this. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");
