/** A tone with its sign and two digits, as the page writes it: `−0.12`, `+0.31`, `0.00`. */
export function signed(tone: number): string {
  const size = Math.abs(tone).toFixed(2);
  if (Number(size) === 0) return size;
  return `${tone < 0 ? '−' : '+'}${size}`;
}
