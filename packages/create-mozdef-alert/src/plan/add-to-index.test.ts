import { describe, expect, it } from "vitest";
import { alertName } from "../names/alert-name.ts";
import { addToIndex } from "./add-to-index.ts";

const add = (index: string, name = "proxy drop"): string => addToIndex(index, alertName(name), "src/index.ts");

const PACK = `import { crontab, definePack } from "@mozdef/alert";
import { AlertA } from "./alert-a/alert-a.ts";
import { AlertZ } from "./alert-z/alert-z.ts";

export { AlertA, AlertZ };

const eachMinute = crontab({ minute: "*/1" }); // not this: alerts: {

export default definePack({
  alerts: {
    AlertA: { task: AlertA, schedule: eachMinute, config: { text: "}" } },
    AlertZ: { task: AlertZ, schedule: eachMinute },
  },
});
`;

describe("addToIndex", () => {
  it("adds import, export and entry where they belong, and leaves the rest", () => {
    expect(add(PACK)).toBe(`import { crontab, definePack } from "@mozdef/alert";
import { AlertA } from "./alert-a/alert-a.ts";
import { AlertProxyDrop } from "./alert-proxy-drop/alert-proxy-drop.ts";
import { AlertZ } from "./alert-z/alert-z.ts";

export { AlertA, AlertProxyDrop, AlertZ };

const eachMinute = crontab({ minute: "*/1" }); // not this: alerts: {

export default definePack({
  alerts: {
    AlertA: { task: AlertA, schedule: eachMinute, config: { text: "}" } },
    AlertZ: { task: AlertZ, schedule: eachMinute },
    AlertProxyDrop: { task: AlertProxyDrop, schedule: crontab({ minute: "*/5" }) },
  },
});
`);
  });

  it("starts a pack that is empty", () => {
    const empty = `import { definePack } from "@mozdef/alert";\n\nexport default definePack({\n  alerts: {},\n});\n`;
    expect(add(empty)).toBe(`import { crontab, definePack } from "@mozdef/alert";
import { AlertProxyDrop } from "./alert-proxy-drop/alert-proxy-drop.ts";

export { AlertProxyDrop };

export default definePack({
  alerts: {
    AlertProxyDrop: { task: AlertProxyDrop, schedule: crontab({ minute: "*/5" }) },
  },
});
`);
  });

  it("adds one alert after the other", () => {
    const twice = add(add(PACK), "mail flood");
    expect(twice).toContain("export { AlertA, AlertMailFlood, AlertProxyDrop, AlertZ };");
    expect(twice.match(/crontab, definePack/g)).toHaveLength(1);
  });

  it("adds a comma after the last entry if it is missing", () => {
    const text = PACK.replace("eachMinute },\n  },\n});", "eachMinute }\n  }\n});");
    expect(add(text)).toContain("AlertZ: { task: AlertZ, schedule: eachMinute },\n    AlertProxyDrop: {");
  });

  it("breaks a list of exports that grows too long", () => {
    const names = Array.from({ length: 8 }, (_, position) => `AlertWithALongName${position}`).join(", ");
    expect(add(PACK.replace("{ AlertA, AlertZ }", `{ ${names} }`))).toContain("export {\n  AlertProxyDrop,\n");
  });

  it.each([
    ["export default definePack(entries);", "it has no definePack({ alerts: { ... } })"],
    [`import { definePack } from "@mozdef/alert";\nexport default definePack({ alerts });`, "it has no definePack"],
    [`import { definePack } from "@mozdef/alert";\nexport default definePack({ alerts: {`, "its brackets do not close"],
    [`export default definePack({ alerts: {} });`, "it imports nothing"],
    [
      `import { definePack } from "./mine.ts";\nexport default definePack({ alerts: {} });`,
      "it does not import { definePack } from @mozdef/alert",
    ],
  ])("refuses %j and says what to add by hand", (index, reason) => {
    expect(() => add(index)).toThrow(
      expect.objectContaining({
        code: "CREATE_PACK_UNREADABLE",
        message: expect.stringMatching(new RegExp(`${reason.replace(/[{}().]/g, "\\$&")}[^]*AlertProxyDrop: \\{ task`)),
      }),
    );
  });
});
