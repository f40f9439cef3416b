/** Objects of the language that every piece of code in a process shares, by their global names. */
const SHARED = [
  ...[
    "Object",
    "Function",
    "Array",
    "String",
    "Number",
    "Boolean",
    "Symbol",
    "BigInt",
    "RegExp",
    "Date",
    "Math",
    "JSON",
  ],
  ...["Map", "Set", "WeakMap", "WeakSet", "WeakRef", "Promise", "Proxy", "Reflect", "ArrayBuffer", "DataView", "Intl"],
  ...["Error", "TypeError", "RangeError", "SyntaxError", "EvalError", "ReferenceError", "URIError", "AggregateError"],
  ...["Uint8Array", "Int32Array", "Float64Array", "BigInt64Array"],
] as const;

interface Kind {
  readonly prototype?: object;
}

/** Functions of the kinds that have a prototype of their own. */
const FUNCTIONS: readonly (() => Kind)[] = [
  () => (async (value: unknown) => await value) as Kind,
  () =>
    function* (): Generator {
      yield null;
    } as Kind,
  () =>
    async function* (value: unknown): AsyncGenerator {
      yield await value;
    } as Kind,
];

/** Those that have no global name, by something of theirs. */
const nameless = (): readonly object[] => {
  const prototypeOf = (value: object): object => Object.getPrototypeOf(value) as object;
  const iterators = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator](), "".matchAll(/x/g)];
  const functions = FUNCTIONS.map((kind) => kind());
  return [
    ...iterators.flatMap((iterator) => [prototypeOf(iterator), prototypeOf(prototypeOf(iterator))]),
    ...functions.flatMap((one) => [prototypeOf(one), prototypeOf(prototypeOf(one))]),
    ...functions.flatMap(({ prototype }) => (prototype === undefined ? [] : [prototypeOf(prototype)])),
    prototypeOf(Uint8Array),
    (prototypeOf(Uint8Array) as typeof Uint8Array).prototype,
  ];
};

/** What libraries set, and only they look at. */
const OPEN: ReadonlySet<PropertyKey> = new Set(["stackTraceLimit", "prepareStackTrace", "captureStackTrace"]);

/**
 * Makes what the language itself has unchangeable, for the whole process: code that adds to `Array.prototype` or replaces `JSON.stringify`
 * fails at that, instead of changing what all others do.
 *
 * `--frozen-intrinsics` of Node.js does the same and more: it also fails what sets `Error.stackTraceLimit`, as the client of the store does.
 */
export const lockIntrinsics = (): void => {
  const named = SHARED.flatMap((name) => {
    const value = globalThis[name] as object & { readonly prototype?: object };
    return value.prototype === undefined ? [value] : [value, value.prototype];
  });
  for (const shared of new Set([...named, ...nameless()])) lock(shared);
};

const lock = (shared: object): void => {
  const isConstructor = typeof shared === "function";
  for (const key of Reflect.ownKeys(shared)) {
    const property = Object.getOwnPropertyDescriptor(shared, key);
    if (property?.configurable !== true || (isConstructor && OPEN.has(key))) continue;
    Object.defineProperty(
      shared,
      key,
      isInherited(shared, property) ? overridable(shared, key, property) : fixed(property),
    );
  }
  // Of `Error` something has to stay as it is.
  if (shared !== Error) Object.preventExtensions(shared);
};

/** Objects and functions of any code inherit from these, and may set properties of such names of their own. */
const PARENTS: ReadonlySet<object> = new Set([Object.prototype, Function.prototype, Error.prototype]);

const isInherited = (shared: object, { writable }: PropertyDescriptor): boolean =>
  writable === true && (PARENTS.has(shared) || shared instanceof Error);

const fixed = (property: PropertyDescriptor): PropertyDescriptor => ({
  ...property,
  configurable: false,
  ...("value" in property && { writable: false }),
});

/** A property that cannot be changed would also keep objects that inherit it from having one of the same name. */
const overridable = (shared: object, key: PropertyKey, { value, enumerable = false }: PropertyDescriptor) => ({
  enumerable,
  configurable: false,
  get: (): unknown => value as unknown,
  set(this: object, own: unknown): void {
    if (this === shared) throw new TypeError(`${String(key)} is shared by all alerts and cannot be changed.`);
    Object.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
  },
});
