import { describe, expect, it } from "vitest";
import { eventCategory } from "./event-category.ts";
import { eventField, GROUPING_FIELDS } from "./event-field.ts";
import { packageName, packageNameOf } from "./package-name.ts";

describe("eventField", () => {
  it("knows how the values of a field look", () => {
    expect(eventField("details.sourceipaddress").values).toBe("address");
    expect(eventField("details.success").values).toBe("boolean");
    expect(eventField("details.a.b-c").values).toBe("text");
    expect(eventField("hostname").values).toBe("text");
  });

  it("offers the whole values at the top level, in the order of the alphabet", () => {
    expect(GROUPING_FIELDS.join(" ")).toBe(
      "customendpoint endpoint errorcode eventsource hostname mozdefhostname processid processname severity source tags type version",
    );
    expect(GROUPING_FIELDS.map((name) => eventField(name).name)).toEqual(GROUPING_FIELDS);
  });

  it.each([
    ["summary", "it is text"],
    ["category", "all events of the alert have the same category"],
    ["utctimestamp", "it is a time"],
    ["details.sourceipgeopoint", "it is a position"],
    ["unknown", "expected details.<name>"],
    ["details", "expected details.<name>"],
    ["details..x", "expected details.<name>"],
    ['details.x"', "expected details.<name>"],
  ])("refuses %s: %s", (name, reason) => {
    expect(() => eventField(name)).toThrow(
      expect.objectContaining({ code: "CREATE_OPTION_INVALID", message: expect.stringContaining(reason) }),
    );
  });
});

describe("eventCategory", () => {
  it.each(["helloworld", "syslog", "AwsApiCall", "a b", "x", "größe", "a.b:c/d@e_f-g"])("takes %s", (text) => {
    expect(eventCategory(text)).toBe(text);
  });
  it.each(["", " a", "a ", 'a"b', "a`b", "a\\b", "a\nb", "${a}", "a".repeat(101)])("refuses %j", (text) => {
    expect(() => eventCategory(text)).toThrow(expect.objectContaining({ code: "CREATE_OPTION_INVALID" }));
  });
});

describe("packageName", () => {
  it.each(["alerts", "@a/alerts-x", "a.b_c-d"])("takes %s", (text) => expect(packageName(text)).toBe(text));
  it.each(["", "A", "a b", "@/x", "../x", "@a/b/c", ".a"])("refuses %j", (text) => {
    expect(() => packageName(text)).toThrow(expect.objectContaining({ code: "CREATE_OPTION_INVALID" }));
  });
  it.each([
    ["My Alerts!", "my-alerts"],
    ["_x", "x"],
    ["☃", "alerts"],
  ])("makes one of the folder %s: %s", (folder, name) => expect(packageNameOf(folder)).toBe(name));
});
