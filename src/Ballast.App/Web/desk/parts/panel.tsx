import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { DataTable, type Columns } from './table';

/** One question with its picture, and the same as a table: by its button, or by `t` while the picture has the focus. */
export function Panel({ title, unit, columns, children }: {
  title: string;
  unit?: string;
  /** Made only when the table is asked for. */
  columns?: () => Columns;
  children: ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const press = (event: KeyboardEvent) => {
    if (columns && event.key === 't' && !event.ctrlKey && !event.metaKey && !event.altKey) setOpen(!open);
  };
  return (
    <div onKeyDown={press}>
      <header>
        <div class="title">
          <h2>{title}</h2>
          {unit && <p class="unit">{unit}</p>}
        </div>
        {columns && <button type="button" aria-expanded={open} aria-label={`${title} as a table`} onClick={() => setOpen(!open)}>Table</button>}
      </header>
      {children}
      {open && columns && <DataTable title={title} columns={columns()} />}
    </div>
  );
}
