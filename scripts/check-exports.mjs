// The export list of each package is complete: a type that an exported function or class mentions in its d.ts is exported too.
// A user could otherwise receive a value whose type has no name. Also: no `export *`, so that the list is read at one place.
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

const options = (root) => ({
  ...ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  ).options,
  noEmit: true,
});

/** Declarations that are part of a symbol's public face: not the bodies of functions, not private members. */
const namesOf = (checker, declaration, own) => {
  const found = new Map();
  const visit = (node) => {
    if (ts.isBlock(node) || (ts.isArrowFunction(node.parent ?? node) && node === node.parent.body)) return;
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const name = ts.isTypeReferenceNode(node) ? node.typeName : node.expression;
      let symbol = checker.getSymbolAtLocation(name);
      if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
      const file = symbol?.declarations?.[0]?.getSourceFile().fileName;
      if (file !== undefined && own(file) && !isShorthand(symbol)) found.set(symbol, name.getText());
    }
    ts.forEachChild(node, visit);
  };
  const signature = (node) => {
    if (ts.isVariableDeclaration(node)) {
      if (node.type) visit(node.type);
      else if (node.initializer && ts.isArrowFunction(node.initializer)) {
        node.initializer.parameters.forEach((parameter) => parameter.type && visit(parameter.type));
        if (node.initializer.type) visit(node.initializer.type);
      }
    } else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) ts.forEachChild(node, visit);
    else if (ts.isFunctionDeclaration(node))
      [...node.parameters.map((p) => p.type), node.type].forEach((type) => type && visit(type));
  };
  signature(declaration);
  return found;
};

/** Type parameters, and names for a handful of literals: the compiler shows what they stand for. */
const isShorthand = (symbol) =>
  symbol.flags & ts.SymbolFlags.TypeParameter ||
  symbol.declarations.every(
    (node) =>
      ts.isTypeAliasDeclaration(node) && ts.isUnionTypeNode(node.type) && node.type.types.every(ts.isLiteralTypeNode),
  );

export const checkExports = async (root) => {
  const problems = [];
  const packages = globSync("{packages,apps,alerts}/*/package.json", { cwd: root });
  const entries = packages.flatMap((file) => {
    const { exports = {} } = JSON.parse(readFileSync(join(root, file), "utf8"));
    return Object.values(exports).flatMap((target) =>
      target["@mozdef/source"] ? [join(root, dirname(file), target["@mozdef/source"])] : [],
    );
  });
  const program = ts.createProgram(entries, options(root));
  const checker = program.getTypeChecker();
  const byPackage = Map.groupBy(entries, (entry) => entry.slice(0, entry.indexOf("/src/")));
  for (const [folder, files] of byPackage) {
    const own = (file) => file.startsWith(`${folder}/src/`);
    const exported = new Map();
    for (const file of files) {
      const source = program.getSourceFile(file);
      for (const statement of source.statements)
        if (ts.isExportDeclaration(statement) && statement.exportClause === undefined)
          problems.push(`${relative(root, file)}: export * hides what is public; list the names`);
      const module = checker.getSymbolAtLocation(source);
      for (const symbol of module ? checker.getExportsOfModule(module) : [])
        exported.set(symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol, file);
    }
    for (const [symbol, file] of exported)
      for (const declaration of symbol.declarations ?? [])
        if (own(declaration.getSourceFile().fileName))
          for (const [used, name] of namesOf(checker, declaration, own))
            if (!exported.has(used))
              problems.push(`${relative(root, file)}: ${symbol.name} mentions ${name}, which is not exported`);
  }
  return [...new Set(problems)];
};
