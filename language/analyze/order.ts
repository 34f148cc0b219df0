/**
 * The strongly connected parts of a graph of `size` nodes, each after those it leads to (Tarjan, without recursion, so that a long
 * chain of traits cannot exhaust the stack). `next[i]` are the nodes that `i` leads to.
 */
export function components(size: number, next: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const index = new Array<number>(size).fill(-1);
  const low = new Array<number>(size).fill(0);
  const onStack = new Array<boolean>(size).fill(false);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;

  const open = (node: number) => {
    index[node] = low[node] = counter++;
    stack.push(node);
    onStack[node] = true;
  };

  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    open(root);
    const path = [{ node: root, edge: 0 }];
    while (path.length > 0) {
      const frame = path[path.length - 1] as { node: number; edge: number };
      const target = next[frame.node]?.[frame.edge];
      if (target !== undefined) {
        frame.edge++;
        if (index[target] === -1) {
          open(target);
          path.push({ node: target, edge: 0 });
        } else if (onStack[target]) {
          low[frame.node] = Math.min(low[frame.node] as number, index[target] as number);
        }
        continue;
      }
      path.pop();
      const above = path[path.length - 1];
      if (above !== undefined) low[above.node] = Math.min(low[above.node] as number, low[frame.node] as number);
      if (low[frame.node] !== index[frame.node]) continue;
      const part: number[] = [];
      let node: number;
      do {
        node = stack.pop() as number;
        onStack[node] = false;
        part.push(node);
      } while (node !== frame.node);
      found.push(part);
    }
  }
  return found;
}

/** The shortest way from `start` back to itself through nodes of `part`: `[start, …, start]`. Null where there is none. */
export function shortestCycle(
  start: number,
  part: ReadonlySet<number>,
  next: readonly (readonly number[])[],
): readonly number[] | null {
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i] as number;
    for (const target of next[node] ?? []) {
      if (target === start) {
        const way = [start];
        for (let at = node; at !== start; at = cameFrom.get(at) as number) way.push(at);
        way.push(start);
        return way.reverse();
      }
      if (!part.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      queue.push(target);
    }
  }
  return null;
}
