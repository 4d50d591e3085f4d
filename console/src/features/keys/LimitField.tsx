import { useId } from 'react';
import { CheckField, TextField } from '../../ui/Fields';
import { firstRow, operations, rowOf, type Limit, type Row } from './limit';

interface Props {
  value: Limit;
  onChange: (value: Limit) => void;
  /** What is wrong, as the server said it. */
  wrong: string | undefined;
}

/** Whether a key may do everything, or what it may do where. */
export function LimitField({ value, onChange, wrong }: Props) {
  const id = useId();
  const change = (at: number, row: Row) => onChange((value ?? []).map((other, index) => (index === at ? row : other)));
  return (
    <fieldset className="limit" aria-describedby={`${id}-hint`}>
      <legend>What it may do</legend>
      <p className="hint" id={`${id}-hint`}>
        A limit holds for the key and for all tokens and signatures that are made with it.
      </p>
      <CheckField label="Everything in this app" checked={value === null} onChange={(all) => onChange(all ? null : [firstRow])} />
      {value?.map((row, at) => (
        // Rows have no identity but their place.
        <PatternRow
          key={at}
          number={at + 1}
          row={row}
          wrong={wrong !== undefined && at === rowOf(value, wrong) ? wrong : undefined}
          onChange={(changed) => change(at, changed)}
          onRemove={value.length === 1 ? undefined : () => onChange(value.filter((_, index) => index !== at))}
        />
      ))}
      {value !== null && (
        <button type="button" className="quiet" onClick={() => onChange([...value, firstRow])}>
          Add a pattern
        </button>
      )}
      {value === null && wrong !== undefined && <p className="wrong">{wrong}</p>}
    </fieldset>
  );
}

interface RowProps {
  number: number;
  row: Row;
  wrong: string | undefined;
  onChange: (row: Row) => void;
  onRemove: (() => void) | undefined;
}

function PatternRow({ number, row, wrong, onChange, onRemove }: RowProps) {
  return (
    <fieldset className="limit-row">
      <legend>Pattern {number}</legend>
      <TextField
        label={`Channels ${number}`}
        mono
        placeholder="chat:*"
        value={row.pattern}
        onChange={(pattern) => onChange({ ...row, pattern })}
        wrong={wrong}
      />
      <div className="grid">
        {operations.map((operation) => (
          <CheckField
            key={operation}
            label={operation}
            checked={row.allowed.includes(operation)}
            onChange={(checked) =>
              onChange({ ...row, allowed: operations.filter((one) => (one === operation ? checked : row.allowed.includes(one))) })
            }
          />
        ))}
      </div>
      {onRemove !== undefined && (
        <button type="button" className="quiet bad" onClick={onRemove}>
          Remove pattern {number}
        </button>
      )}
    </fieldset>
  );
}
