import { useState } from 'preact/hooks';
import { number, plain } from '../format';
import type { Trade } from '../types';

/** Every fill; folded, because there may be thousands, and made only when unfolded. */
export function Trades({ trades }: { trades: Trade[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <summary><h2>Trades</h2> <span class="unit">all {number(trades.length, 0)}</span></summary>
      {open && <TradeTable trades={trades} />}
    </details>
  );
}

function TradeTable({ trades }: { trades: Trade[] }) {
  return (
    <div class="scroll tall" tabIndex={0} role="region" aria-label="Trades, table">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th><th scope="col">Side</th><th scope="col">Asset</th>
            {['Quantity', 'Price', 'Value', 'Fee'].map(name => <th key={name} scope="col" class="number">{name}</th>)}
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {trades.map((trade, i) => (
            <tr key={i}>
              <td>{trade.time}</td>
              <td class={`side ${trade.side}`}>{trade.side}</td>
              <td>{plain(trade.asset)}</td>
              {[trade.quantity, trade.price, trade.value, trade.fee].map((text, k) => <td key={k} class="number">{text}</td>)}
              <td class="reason">{plain(trade.reason, 120)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
