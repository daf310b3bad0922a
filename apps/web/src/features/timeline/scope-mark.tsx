const R = 4;

/** The mark of a compared line: circle, square, triangle or diamond, so that lines differ by more than their colour. */
export function ScopeMark({ place, x, y }: { place: number; x: number; y: number }) {
  const shapes = [
    `M${x - R},${y}a${R},${R} 0 1,0 ${2 * R},0a${R},${R} 0 1,0 ${-2 * R},0`,
    `M${x - R + 0.5},${y - R + 0.5}h${2 * R - 1}v${2 * R - 1}h${1 - 2 * R}z`,
    `M${x},${y - R - 1}l${R + 0.5},${2 * R}h${-2 * R - 1}z`,
    `M${x},${y - R - 1}l${R + 1},${R + 1}l${-R - 1},${R + 1}l${-R - 1},${-R - 1}z`,
  ];
  return <path className="scope-mark" d={shapes[place % shapes.length]} />;
}
