/**
 * Tarjan's strongly connected components, without recursion so that a chain of thousands of tables does not overflow
 * the stack. Components come out children first: each before those that point at it.
 * Source: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972).
 */
export function strongComponents(size: number, edgesOf: (node: number) => readonly number[]): number[][] {
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const components: number[][] = [];
  let counter = 0;

  const enter = (node: number) => {
    index[node] = low[node] = counter++;
    stack.push(node);
    onStack[node] = 1;
    return { node, edges: edgesOf(node), at: 0 };
  };

  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    const frames = [enter(root)];
    while (frames.length > 0) {
      const frame = frames.at(-1)!;
      const { node } = frame;
      if (frame.at < frame.edges.length) {
        const next = frame.edges[frame.at++]!;
        if (index[next] === -1) frames.push(enter(next));
        else if (onStack[next] === 1) low[node] = Math.min(low[node]!, index[next]!);
        continue;
      }
      frames.pop();
      const parent = frames.at(-1);
      if (parent) low[parent.node] = Math.min(low[parent.node]!, low[node]!);
      if (low[node] === index[node]) components.push(popComponent(stack, onStack, node));
    }
  }
  return components;
}

function popComponent(stack: number[], onStack: Uint8Array, root: number): number[] {
  const component: number[] = [];
  for (;;) {
    const node = stack.pop()!;
    onStack[node] = 0;
    component.push(node);
    if (node === root) return component;
  }
}
