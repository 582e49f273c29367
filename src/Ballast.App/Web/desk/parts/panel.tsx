import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { asText, DataTable, type Columns } from './table';

/** One question with its picture, and the same as a table: `t` shows it, and shift with `C` copies it as text. */
export function Panel({ title, unit, columns, children }: {
  title: string;
  unit?: string;
  /** Made only when the table is asked for. */
  columns?: () => Columns;
  children: ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const press = (event: KeyboardEvent) => {
    if (!columns || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 't') setOpen(!open);
    if (event.key === 'C') void navigator.clipboard?.writeText(asText(columns()));
  };
  return (
    <div onKeyDown={press}>
      <header>
        <div class="title">
          <h2>{title}</h2>
          {unit && <p class="unit">{unit}</p>}
        </div>
        {columns && (
          <button
            type="button" aria-expanded={open} aria-label={`Table of ${title}`}
            title="t shows the table, shift C copies it" onClick={() => setOpen(!open)}
          >Table</button>
        )}
      </header>
      {children}
      {open && columns && <DataTable title={title} columns={columns()} />}
    </div>
  );
}
