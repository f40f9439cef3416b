import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AlertTask, crontab, definePack, eachEvent, type EventParser } from "../index.ts";
import { ALERT_PACK, ALERT_TASK, AlertError, type AlertTaskClass, createTask, readPack } from "../runtime.ts";

class Plain extends AlertTask {
  main() {
    return eachEvent(SearchQuery().must(TermMatch("category", "x")));
  }
}
class Configured extends AlertTask.withConfig(z.object({ hosts: z.array(z.string()).default(["host1"]) })) {
  main() {
    return eachEvent(SearchQuery().must(TermMatch("hostname", this.config.hosts.join())));
  }
}
const schedule = crontab();
const door: EventParser = { name: "door", recognise: () => true, parse: () => null };
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "nothing";
  } catch (error) {
    return error instanceof AlertError ? error.code : String(error);
  }
};
/** A class as another major version of this package would make it. */
const otherVersion = (): AlertTaskClass => {
  class Other extends Plain {}
  Object.defineProperty(Other, ALERT_TASK, { value: 2 });
  Object.defineProperty(Other, "name", { value: "Plain" });
  return Other;
};

describe("definePack", () => {
  it("keeps alerts under their class names", () => {
    const pack = definePack({ alerts: { Plain: { task: Plain, schedule } } });
    expect(Object.keys(pack.alerts)).toEqual(["Plain"]);
    expect(readPack(pack, "@x/pack").alerts.Plain?.task).toBe(Plain);
  });

  it("keeps the fields that it declares, for tools", () => {
    const alerts = { Plain: { task: Plain, schedule } };
    const fields = { vendor: "keyword", "details.peeraddress": "ip" } as const;
    expect(readPack(definePack({ alerts, fields }), "@x/pack").fields).toEqual(fields);
    expect(definePack({ alerts }).fields).toEqual({});
    expect(readPack({ [ALERT_PACK]: 1, alerts }, "an older copy").fields).toEqual({});
    expect(() => definePack({ alerts, fields: { vendor: "string" as never } })).toThrow(
      'definePack: fields["vendor"] is not a kind of field. Expected one of text, keyword, ip, date, boolean, geo_point, long, double. Received: "string".',
    );
  });

  it("keeps the parsers that it gives, with or without alerts", () => {
    const alerts = { Plain: { task: Plain, schedule } };
    expect(readPack(definePack({ alerts, parsers: [door] }), "@x/pack").parsers).toEqual([door]);
    expect(definePack({ parsers: [door] }).alerts).toEqual({});
    expect(readPack({ [ALERT_PACK]: 1, alerts }, "an older copy").parsers).toEqual([]);
    expect(() => definePack({ parsers: [] })).toThrow('definePack: "alerts" is empty.');
  });

  it.each<[unknown, string]>([
    [{}, '"parsers" is not a list. Received: {}.'],
    [[null], "parsers[0] is not a parser. Expected: { name, recognise, parse }. Received: null."],
    [
      [{ name: "Door" }],
      'parsers[0].name is not a name. Expected: small letters, digits and hyphens. Received: "Door".',
    ],
    [[{ name: "door", recognise: () => true }], "parsers[0].parse (door) is not a function. Received: undefined."],
    [[door, door], '"parsers" has two of the name "door".'],
  ])("refuses what is no list of parsers: %o", (parsers, message) => {
    expect(() => definePack({ parsers: parsers as never })).toThrow(`definePack: ${message}`);
  });

  it("keeps the indices that it asks for", () => {
    const alerts = { Plain: { task: Plain, schedule } };
    const indices = { localities: {}, terms: { dateAdded: "date" } } as const;
    expect(readPack(definePack({ alerts, indices }), "@x/pack").indices).toEqual(indices);
    expect(definePack({ alerts }).indices).toEqual({});
    expect(() => definePack({ alerts, indices: { "Localities*": {} } })).toThrow(
      'definePack: "indices" has a key that is not the name of an index: "Localities*".',
    );
    expect(() => definePack({ alerts, indices: { terms: { dateAdded: "time" as never } } })).toThrow(
      'indices.terms["dateAdded"] is not a kind of field.',
    );
  });

  it("takes rules in the place of alerts", () => {
    const rules = [{ name: "plain:x", task: Plain, schedule }];
    expect(definePack({ rules })).toMatchObject({ alerts: {}, rules });
    expect(definePack({ rules: () => rules }).rules).toBeTypeOf("function");
    expect(definePack({ alerts: { Plain: { task: Plain, schedule } } }).rules).toBeNull();
  });

  it("refuses a name that is not the class's, as after minification", () => {
    expect(codeOf(() => definePack({ alerts: { Other: { task: Plain, schedule } } }))).toBe("PACK_ALERT_NAME_MISMATCH");
  });

  it.each([
    ["no alerts", { alerts: {} }, "PACK_INVALID"],
    ["no class", { alerts: { Plain: { task: {}, schedule } } }, "ALERT_NOT_A_TASK"],
    ["no alert class", { alerts: { Date: { task: Date, schedule } } }, "ALERT_NOT_A_TASK"],
    ["no schedule", { alerts: { Plain: { task: Plain } } }, "PACK_INVALID"],
    ["an unknown key", { alerts: { Plain: { task: Plain, schedule, scedule: 1 } } }, "PACK_INVALID"],
    ["enabled that is not a boolean", { alerts: { Plain: { task: Plain, schedule, enabled: "no" } } }, "PACK_INVALID"],
    [
      "fields that are not an object",
      { alerts: { Plain: { task: Plain, schedule } }, fields: "vendor" },
      "PACK_INVALID",
    ],
    ["no field", { alerts: { Plain: { task: Plain, schedule } }, fields: { "vendor.*": "keyword" } }, "PACK_INVALID"],
    ["no kind", { alerts: { Plain: { task: Plain, schedule } }, fields: { vendor: "string" } }, "PACK_INVALID"],
    ["rules that are not a list or a function", { rules: "x" }, "PACK_INVALID"],
    [
      "rules of an alert instead of its pack",
      { alerts: { Plain: { task: Plain, schedule, rules: [] } } },
      "PACK_INVALID",
    ],
    ["a wrong about", { alerts: { Plain: { task: Plain, schedule, about: { attack: "T1" } } } }, "PACK_INVALID"],
    [
      "indices that are not an object",
      { alerts: { Plain: { task: Plain, schedule } }, indices: ["x"] },
      "PACK_INVALID",
    ],
    ["another major version", { alerts: { Plain: { task: otherVersion(), schedule } } }, "ALERT_VERSION_INCOMPATIBLE"],
  ])("refuses %s", (_, pack, code) => {
    expect(codeOf(() => definePack(pack as never))).toBe(code);
  });
});

describe("readPack", () => {
  it.each([[null], [{}], [{ alerts: {} }], ["x"], [() => undefined]])("refuses %j, which is not a pack", (value) => {
    expect(codeOf(() => readPack(value, "@x/pack"))).toBe("PACK_INVALID");
  });

  it("tells which pack was made for another major version, and what to do", () => {
    const pack = { [ALERT_PACK]: 2, alerts: {} };
    expect(() => readPack(pack, "@x/pack")).toThrow(/^@x\/pack was made for version 2 .* Update the older of the two/);
  });

  it("takes a pack of another copy of this package: symbols are shared", () => {
    expect(Symbol.keyFor(ALERT_PACK)).toBe("@mozdef/alert/pack");
    expect(Symbol.keyFor(ALERT_TASK)).toBe("@mozdef/alert/task");
  });
});

describe("createTask", () => {
  it("fills in the defaults of the schema", () => {
    expect(createTask(Configured).config).toEqual({ hosts: ["host1"] });
    expect(createTask(Configured, { hosts: ["a"] }).config).toEqual({ hosts: ["a"] });
    expect(createTask(Plain).config).toEqual({});
  });

  it("refuses unknown keys and bad values, naming alert and key", () => {
    expect(() => createTask(Configured, { host: ["a"] })).toThrow(/configuration of Configured is wrong:\n.*"host"/);
    expect(() => createTask(Configured, { hosts: [1] })).toThrow(/hosts\.0: /);
    expect(() => createTask(Plain, { x: 1 })).toThrow('takes no configuration. Received: {"x":1}');
  });

  it("refuses what is not an alert, or one of another version", () => {
    expect(codeOf(() => createTask(Date as never))).toBe("ALERT_NOT_A_TASK");
    expect(codeOf(() => createTask(otherVersion()))).toBe("ALERT_VERSION_INCOMPATIBLE");
  });
});
