import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/**
 * How much work a guess is: 32 MiB and three times over, which takes about as long as 128 MiB once, and leaves the service its memory.
 *
 * @see OWASP, "Password Storage Cheat Sheet": scrypt with N=2^15, r=8, p=3.
 */
const WORK = { logN: 15, r: 8, p: 3 } as const;

const BYTES = 32;

/** What is hashed at once: each takes a thread of Node's pool, of which there are four for everything. */
const AT_ONCE = 2;

/** Those that wait beyond these are refused. */
const MOST_WAITING = 20;

/** Passwords, as they are kept and compared. */
export interface Passwords {
  /** @returns null when too many wait already. */
  readonly hash: (password: string) => Promise<string | null>;
  /** Takes as long for `kept: null`, a user that there is not. @returns null when too many wait already. */
  readonly isRight: (password: string, kept: string | null) => Promise<boolean | null>;
}

/** Passwords hashed by scrypt, a few at a time. */
export const createPasswords = (): Passwords => {
  let running = 0;
  const waiting: (() => void)[] = [];
  const inTurn = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (running >= AT_ONCE) {
      if (waiting.length >= MOST_WAITING) return null;
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(16);
        const key = await derive(password, salt, WORK);
        const { logN, r, p } = WORK;
        return ["scrypt", logN, r, p, salt.toString("base64"), key.toString("base64")].join("$");
      }),
    isRight: (password, kept) =>
      inTurn(async () => {
        const [, logN, r, p, salt = "", key = ""] =
          /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([^$]+)\$([^$]+)$/.exec(kept ?? "") ?? [];
        const work = kept === null ? WORK : { logN: Number(logN), r: Number(r), p: Number(p) };
        const found = await derive(password, Buffer.from(salt, "base64"), work);
        const expected = Buffer.from(key, "base64");
        return expected.length === found.length && timingSafeEqual(expected, found);
      }),
  };
};

interface Work {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** Unicode has more than one form of some letters, and keyboards differ in which they send. */
const derive = (password: string, salt: Buffer, { logN, r, p }: Work): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const N = 2 ** logN;
    scrypt(password.normalize("NFKC"), salt, BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
