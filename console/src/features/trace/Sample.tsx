import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sampleTraces, type Where } from '../../lib/api/live';
import type { TracesSampled } from '../../lib/api/types';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Unanswered } from '../../ui/Unanswered';

const secondsPerMinute = 60;

/** Has messages traced that nobody asked to have traced. */
export function Sample({ where }: { where: Where }) {
  const client = useQueryClient();
  const [pattern, setPattern] = useState('*');
  const [every, setEvery] = useState('1');
  const [messages, setMessages] = useState('20');
  const [minutes, setMinutes] = useState('10');
  const [begun, setBegun] = useState<TracesSampled>();
  const begin = () =>
    sampleTraces(where, {
      pattern: pattern.trim(),
      every: Number(every),
      messages: Number(messages),
      seconds: Number(minutes) * secondsPerMinute,
    });
  const done = (sampled: TracesSampled) => {
    setBegun(sampled);
    void client.invalidateQueries({ queryKey: ['tenant', where.tenant, 'app', where.app, 'traces'] });
  };
  return (
    <section aria-labelledby="sample">
      <h2 id="sample">Trace what comes next</h2>
      <p className="hint">For messages whose publisher asks for nothing. Every node counts for itself, and traces no more than 50 in a second.</p>
      <Form action={begin} onDone={done} submit="Begin" fields={['pattern', 'every', 'messages', 'seconds']}>
        {(wrong) => (
          <>
            <TextField label="Channels" mono value={pattern} onChange={setPattern} wrong={wrong('pattern')} hint="A pattern, as in rules: chat:*" />
            <div className="grid">
              <TextField label="One of so many messages" type="number" value={every} onChange={setEvery} wrong={wrong('every')} />
              <TextField label="Until so many are traced" type="number" value={messages} onChange={setMessages} wrong={wrong('messages')} />
              <TextField label="For so many minutes at most" type="number" value={minutes} onChange={setMinutes} wrong={wrong('seconds')} />
            </div>
          </>
        )}
      </Form>
      <div role="status">
        {begun !== undefined && (
          <>
            <p>
              {begun.nodes === 1 ? 'One node traces' : `${begun.nodes} nodes trace`}{' '}
              {begun.every === 1 ? 'each message' : `one of ${begun.every.toLocaleString('en')} messages`} on <code>{begun.pattern}</code>, up to{' '}
              {begun.messages.toLocaleString('en')}, for {(begun.seconds / secondsPerMinute).toLocaleString('en')} minutes.
            </p>
            <Unanswered nodes={begun.unanswered} />
          </>
        )}
      </div>
    </section>
  );
}
