import type { Dns } from "@mozdef/alert";

/** @see MozDef `tests/alerts/alert_test_suite.py`, its stub of reverse DNS. */
const DEFAULT_NAMES: Readonly<Record<string, string | null>> = {
  "10.2.3.4": "mock_hostname1.mozilla.org",
  "*": "mock.mozilla.org",
};

/** Reverse DNS from a table; `*` answers for every address that is not in it. */
export const tableDns = (names: Readonly<Record<string, string | null>> = DEFAULT_NAMES): Dns => ({
  reverse: (address) =>
    Promise.resolve(
      (Object.hasOwn(names, address) ? names[address] : Object.hasOwn(names, "*") ? names["*"] : null) ?? null,
    ),
});
