/** Runs `work` for every input, at most `width` at a time; returns the results in the order of the inputs. */
export async function inTurns<In, Out>(inputs: readonly In[], width: number, work: (input: In) => Promise<Out>): Promise<Out[]> {
  const results = new Array<Out>(inputs.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < inputs.length; index = next++) results[index] = await work(inputs[index] as In);
  };
  await Promise.all(Array.from({ length: Math.min(width, inputs.length) }, worker));
  return results;
}
