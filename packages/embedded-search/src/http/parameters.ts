import { illegalArgument } from "../errors/api-error.ts";

/** Parameters of every API that say how the answer is shown. */
const COMMON_PARAMETERS = ["pretty", "human", "error_trace", "filter_path", "format"];

/** The URL parameters of a request. Those that nobody reads are refused at the end. */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>;
  /** The parameters that were sent and are known. */
  readonly #read = new Set<string>();

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    if (value !== undefined) this.#read.add(name);
    return value;
  }

  /** A flag without a value is true. @throws {ApiError} 400 */
  flag(name: string, preset: boolean): boolean {
    const value = this.text(name);
    if (value === undefined) return preset;
    if (value === "" || value === "true") return true;
    if (value === "false") return false;
    throw illegalArgument(`Failed to parse value [${value}] as only [true] or [false] are allowed.`);
  }

  /** A whole number. @throws {ApiError} 400 */
  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (/^-?\d{1,15}$/.test(value)) return Number(value);
    throw illegalArgument(`Failed to parse int parameter [${name}] with value [${value}]`, {
      type: "number_format_exception",
      reason: `For input string: "${value}"`,
    });
  }

  /** Parameters that are known and change nothing here. */
  skip(...names: readonly string[]): void {
    for (const name of names) this.text(name);
  }

  /** @throws {ApiError} 400 naming the parameters that nobody read. */
  end(path: string): void {
    this.skip(...COMMON_PARAMETERS);
    const unknown = [...this.#values.keys()].filter((name) => !this.#read.has(name)).sort();
    if (unknown.length === 0) return;
    const names = unknown.map((name) => `[${name}]`).join(", ");
    throw illegalArgument(
      `request [${path}] contains unrecognized parameter${unknown.length > 1 ? "s" : ""}: ${names}`,
    );
  }
}
