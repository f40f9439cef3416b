import { beforeAll, describe, expect, it } from "vitest";
import { openEditor } from "./typescript-service.ts";

const editor = openEditor();
const IMPORT =
  'import { ExistsMatch, LessThanMatch, PrefixMatch, RangeMatch, SubnetMatch, TermMatch, WildcardMatch } from "@mozdef/query";\n';
const offered = (call: string): readonly string[] => editor.completions(`${IMPORT}${call}`);

// The first answer reads the libraries of the language.
beforeAll(() => void offered('ExistsMatch("|");'), 60_000);

describe("an editor offers the names of fields", () => {
  it.each(["TermMatch", "ExistsMatch"])("to %s", (clause) => {
    const names = offered(`${clause}("|");`);
    expect(names).toEqual(
      expect.arrayContaining(["category", "summary", "details.sourceipaddress", "details.username", "details.success"]),
    );
  });

  it("of the kinds that fit the clause, no others", () => {
    const subnets = offered('SubnetMatch("|");');
    expect([...subnets].sort()).toEqual(["details.destinationipaddress", "details.sourceipaddress"]);
    const patterns = offered('WildcardMatch("|");');
    expect(patterns).toContain("hostname");
    expect(patterns).not.toContain("details.sourceipaddress");
    expect(offered('RangeMatch("|");')).not.toContain("summary");
    expect(offered('RangeMatch("|", { gt: "a" });')).toContain("hostname");
    expect(offered('PrefixMatch("|");')).toContain("hostname");
  });

  it("that a pack declares", () => {
    const declared =
      'declare module "@mozdef/query" { interface EventFields { "details.bytes": "long"; vendor: "keyword" } }\n';
    const names = editor.completions(`${IMPORT}${declared}LessThanMatch("|");`);
    expect(names).toEqual(expect.arrayContaining(["details.bytes", "vendor", "details.sourceipaddress"]));
  });
});

describe("a clause on the wrong kind of field", () => {
  it("is explained in a sentence", () => {
    expect(editor.problems(`${IMPORT}WildcardMatch("details.sourceipaddress", "10.*");`).join()).toContain(
      "details.sourceipaddress is of kind ip, which this clause does not take",
    );
    expect(editor.problems(`${IMPORT}WildcardMatch("details.anything", "10.*");`)).toEqual([]);
    expect(editor.problems(`${IMPORT}TermMatch("summary", "a", { ignoreCase: true });`).join()).toContain(
      "summary is of kind text, where ignoreCase has no effect",
    );
  });
});
