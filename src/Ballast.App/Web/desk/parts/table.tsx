/** Text by columns: the first names the row, the others are numbers. */
export interface Columns {
  names: string[];
  rows: string[][];
}

/** Numbers behind a picture, in a region that scrolls by itself. */
export function DataTable({ title, columns: { names, rows } }: { title: string; columns: Columns }) {
  return (
    <div class="scroll tall" tabIndex={0} role="region" aria-label={`${title}, table`}>
      <table>
        <thead><tr>{names.map((name, i) => <th key={name} scope="col" class={i ? 'number' : ''}>{name}</th>)}</tr></thead>
        <tbody>
          {rows.map(([first, ...rest], k) => (
            <tr key={k}>
              <th scope="row">{first}</th>
              {rest.map((text, i) => <td key={i} class="number">{text}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Tab-separated, for a spreadsheet: no grouping, and a minus that it understands. */
export function asText({ names, rows }: Columns): string {
  const cell = (text: string) => text.replaceAll('\u202f', '').replaceAll('\u2212', '-').replace(/[\t\n]/g, ' ');
  return [names, ...rows].map(row => row.map(cell).join('\t')).join('\n');
}
