import { signed } from '../format';

/** Columns narrower than this have no names. */
export const leastNamed = 11;

/** Correlations as tinted cells, in the order of the rows beside them; the number stands where there is room. */
export function HeatRows({ names, cells, order, left, top, size, row }: {
  names: string[];
  cells: number[][];
  order: number[];
  left: number;
  top: number;
  /** Width of a cell. */
  size: number;
  /** Height of a cell. */
  row: number;
}) {
  return (
    <g class="heat">
      {size >= leastNamed && order.map((name, k) => (
        <text key={name} transform={`translate(${left + size * (k + 0.5) + 4},${top - 6})rotate(-90)`} class="name">{names[name]}</text>
      ))}
      {order.map((of, i) => order.map((other, k) => (
        <Cell key={`${of} ${other}`} value={cells[of][other]} same={i === k} x={left + size * k} y={top + row * i} width={size} height={row}
          title={`${names[of]} and ${names[other]}: ${signed(cells[of][other])}`} />
      )))}
    </g>
  );
}

function Cell({ value, same, x, y, width, height, title }: {
  value: number; same: boolean; x: number; y: number; width: number; height: number; title: string;
}) {
  return (
    <g>
      <rect
        x={x} y={y} width={width - 1} height={height - 1} fill-opacity={same ? 1 : 0.55 * Math.min(1, Math.abs(value))}
        class={same ? 'self' : value < 0 ? 'opposed' : 'together'}
      ><title>{title}</title></rect>
      {width >= 30 && height >= 16 && !same && <text x={x + (width - 1) / 2} y={y + height / 2 + 4} class="middle">{signed(value).replace(/^\+/, '').replace(/^(\u2212?)0\./, '$1.')}</text>}
    </g>
  );
}
