/** The sources of delay and chance; tests replace both. */
export interface Patience {
  sleep(milliseconds: number): Promise<void>;
  /** A number from 0 to below 1. */
  random(): number;
}

export const realPatience: Patience = {
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

const FIRST_WAIT = 20;
const LONGEST_WAIT = 1_000;

/** Waits before the next attempt after `attempt` failed ones: a random time up to a bound that doubles ("full jitter"). */
export async function waitAfter(attempt: number, { sleep, random }: Patience): Promise<void> {
  await sleep(random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt));
}
