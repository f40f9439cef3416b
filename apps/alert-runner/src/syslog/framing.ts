/** What a connection sent: a message, or the length of one that was too long and is thrown away. */
export type Frame = { readonly bytes: Buffer } | { readonly tooLong: number };

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const NUL = 0x00;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;

/** `<`, with which each message of syslog begins. A line that begins with digits and a blank and goes on otherwise is a line. */
const LESS = 0x3c;

const FIRST_BYTES = 4 * 1_024;

/** Digits of the largest length that is taken for one. */
const MOST_DIGITS = 9;

/**
 * Cuts the bytes of a connection into messages, in both ways of RFC 6587, which may even change from message to message: a number
 * of bytes in front (octet counting), or a line feed or NUL behind each.
 */
export class Framing {
  readonly #maxBytes: number;
  /** What has come and is not cut yet is at the beginning of it. It grows by doubling: senders choose how small their pieces are. */
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;
  /** Up to where the line under way was looked through for its end. */
  #searched = 0;
  /** Bytes of a counted message that is too long and still on its way. */
  #skip = 0;
  /** Bytes so far of a line that is too long and has not ended; 0 when there is none. */
  #long = 0;

  /** @param maxBytes - Longest message. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The messages that end with these bytes. */
  push(chunk: Buffer): readonly Frame[] {
    this.#append(this.#skipped(chunk));
    const frames: Frame[] = [];
    let at = 0;
    for (;;) {
      const next = this.#next(at);
      if (next === undefined) break;
      if (next.frame !== undefined) frames.push(next.frame);
      at = next.end;
      this.#searched = at;
    }
    this.#drop(at);
    return frames;
  }

  /** The message that the connection ended in. */
  end(): readonly Frame[] {
    const bytes = this.#rest;
    this.#length = 0;
    if (this.#long > 0) return [{ tooLong: this.#long + bytes.length }];
    return bytes.length === 0 ? [] : [{ bytes: trimmed(bytes) }];
  }

  get #rest(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #append(chunk: Buffer): void {
    const length = this.#length + chunk.length;
    if (length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#buffer.length, FIRST_BYTES));
      this.#rest.copy(larger);
      this.#buffer = larger;
    }
    chunk.copy(this.#buffer, this.#length);
    this.#length = length;
  }

  #drop(bytes: number): void {
    if (bytes > 0) this.#buffer.copyWithin(0, bytes, this.#length);
    this.#length -= bytes;
    this.#searched = Math.max(0, this.#searched - bytes);
  }

  #skipped(chunk: Buffer): Buffer {
    const skipped = Math.min(this.#skip, chunk.length);
    this.#skip -= skipped;
    return chunk.subarray(skipped);
  }

  #next(at: number): { readonly frame?: Frame; readonly end: number } | undefined {
    if (at >= this.#rest.length) return undefined;
    const counted = this.#long > 0 ? undefined : countAt(this.#rest, at);
    return counted === "unknown" ? undefined : counted === undefined ? this.#line(at) : this.#counted(at, counted);
  }

  #counted(at: number, { start, length }: Count): { readonly frame?: Frame; readonly end: number } | undefined {
    const end = start + length;
    if (length > this.#maxBytes) {
      this.#skip = Math.max(0, end - this.#rest.length);
      return { frame: { tooLong: length }, end: Math.min(end, this.#rest.length) };
    }
    if (end > this.#rest.length) return undefined;
    return { frame: { bytes: trimmed(this.#rest.subarray(start, end)) }, end };
  }

  #line(at: number): { readonly frame?: Frame; readonly end: number } | undefined {
    const end = endOfLine(this.#rest, Math.max(at, this.#searched));
    const length = this.#long + (end ?? this.#rest.length) - at;
    if (end === undefined) {
      this.#searched = this.#length;
      if (length <= this.#maxBytes) return undefined;
      this.#long = length;
      return { end: this.#rest.length };
    }
    this.#long = 0;
    if (length > this.#maxBytes) return { frame: { tooLong: length }, end: end + 1 };
    const bytes = trimmed(this.#rest.subarray(at, end));
    return bytes.length === 0 ? { end: end + 1 } : { frame: { bytes }, end: end + 1 };
  }
}

interface Count {
  /** Where the message begins. */
  readonly start: number;
  readonly length: number;
}

/** The number in front of a message; `unknown` as long as more has to come to tell. */
const countAt = (bytes: Buffer, at: number): Count | "unknown" | undefined => {
  let end = at;
  let length = 0;
  while (end - at <= MOST_DIGITS && isDigit(bytes[end])) {
    length = length * 10 + (bytes[end] ?? 0) - ZERO;
    end += 1;
  }
  if (end === at || end - at > MOST_DIGITS || bytes[at] === ZERO) return undefined;
  if (end === bytes.length || (bytes[end] === SPACE && end + 1 === bytes.length)) return "unknown";
  return bytes[end] === SPACE && bytes[end + 1] === LESS ? { start: end + 1, length } : undefined;
};

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

const endOfLine = (bytes: Buffer, at: number): number | undefined => {
  const newline = bytes.indexOf(NEWLINE, at);
  const nul = bytes.subarray(at, newline === -1 ? undefined : newline).indexOf(NUL);
  if (nul !== -1) return at + nul;
  return newline === -1 ? undefined : newline;
};

/** A copy without the line ends and NULs that some senders put behind messages. */
export const trimmed = (bytes: Buffer): Buffer => {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === NEWLINE || bytes[end - 1] === RETURN || bytes[end - 1] === NUL)) end -= 1;
  return Buffer.from(bytes.subarray(0, end));
};
