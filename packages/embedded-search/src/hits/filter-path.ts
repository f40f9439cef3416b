import { matchesSimplePattern } from "../text/simple-pattern.ts";

/** One step of the paths that a source filter names; `*` stands for any part of a name, `**` for any number of steps. */
export interface PathNode {
  readonly pattern: string;
  /** A path ends here, so everything below is meant, too. */
  isEnd: boolean;
  readonly children: Map<string, PathNode>;
}

const newNode = (pattern: string): PathNode => ({ pattern, isEnd: false, children: new Map() });

/** A tree of paths, split at their dots. A dot in front is part of the name. */
export const compilePaths = (paths: readonly string[]): PathNode => {
  const root = newNode("");
  for (const path of paths) insert(root, path);
  return root;
};

const insert = (root: PathNode, path: string): void => {
  let node = root;
  for (let rest = path; ;) {
    const dot = rest.indexOf(".");
    const step = dot > 0 ? rest.slice(0, dot) : rest;
    const next = node.children.get(step) ?? newNode(step);
    node.children.set(step, next);
    if (dot <= 0) {
      next.isEnd = true;
      return;
    }
    if (next.isEnd) return;
    node = next;
    rest = rest.slice(dot + 1);
  }
};

/** Where paths can go on after a name; "all" = one of them ends with it. */
export type Steps = ReadonlySet<PathNode> | "all";

/** Follows a name of a field. Its dots may stand for steps. */
export const follow = (nodes: ReadonlySet<PathNode>, name: string): Steps => {
  let current = nodes;
  for (let rest = name; ;) {
    const dot = rest.indexOf(".");
    const isSplit = dot > 0 && dot < rest.length - 1;
    const next = step(current, isSplit ? rest.slice(0, dot) : rest);
    if (next === "all" || !isSplit) return next;
    current = next;
    rest = rest.slice(dot + 1);
  }
};

const step = (nodes: ReadonlySet<PathNode>, name: string): Steps => {
  const next = new Set<PathNode>();
  for (const node of nodes) {
    for (const child of node.children.values()) {
      if (!matchesSimplePattern(child.pattern, name)) continue;
      if (child.isEnd) return "all";
      next.add(child);
    }
    if (node.pattern === "**") next.add(node);
  }
  return next;
};
