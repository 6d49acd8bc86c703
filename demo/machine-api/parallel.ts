/**
 * Does `work` on every item, at most `together` at once, and gives the results back in order. After a failure no
 * further item is begun.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  together: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const waiting = [...items.entries()].reverse();
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [index, item] = next;
      try {
        results[index] = await work(item, index);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(together, items.length) }, worker));
  return results;
}
