// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../lib/api/http';
import { TextField } from './Fields';
import { Form } from './Form';

afterEach(cleanup);

const problem = {
  type: '/docs/errors.md#bad-request',
  title: 'The request is malformed',
  status: 400,
  detail: 'The request is malformed: name: missing (expected: a string)',
  code: 'bad-request',
  number: 40000,
  retry: 'no',
} as const;

function Naming({ action, onDone }: { action: (name: string) => Promise<string>; onDone: (name: string) => void }) {
  const [name, setName] = useState('');
  return (
    <Form action={() => action(name)} onDone={onDone} submit="Save" fields={['name']}>
      {(wrong) => <TextField label="Name" value={name} onChange={setName} wrong={wrong('name')} />}
    </Form>
  );
}

function shown(action: (name: string) => Promise<string>, onDone = vi.fn()) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Naming action={action} onDone={onDone} />
    </QueryClientProvider>,
  );
  return onDone;
}

async function send(text: string) {
  await userEvent.type(screen.getByLabelText('Name'), text);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
}

describe('a form', () => {
  it('hands over what was done', async () => {
    const done = shown((name) => Promise.resolve(name));
    await send('Ann');
    expect(done.mock.calls[0]?.[0]).toBe('Ann');
  });

  it.each([
    ['the pointer', { ...problem, pointer: '/name' }],
    ['the beginning of the sentence', problem],
  ])('says at the field that %s names what is wrong, and keeps what was typed', async (_, said) => {
    shown(() => Promise.reject(new Refusal(said)));
    await send('Ann');
    const field = screen.getByLabelText<HTMLInputElement>('Name');
    expect(await screen.findByText('name: missing (expected: a string)')).toBeTruthy();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.value).toBe('Ann');
    expect(document.activeElement).toBe(field);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('shows everything else with its code, and can be sent again', async () => {
    let broken = true;
    const unavailable = { ...problem, title: 'Not now', detail: 'Not now: no database', code: 'unavailable' };
    const done = shown((name) => (broken ? Promise.reject(new Refusal(unavailable, 3)) : Promise.resolve(name)));
    await send('Ann');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Not now. no database');
    expect(alert.textContent).toContain('Try again in 3 seconds');
    expect(alert.querySelector('a')?.textContent).toBe('unavailable');
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(done.mock.calls[0]?.[0]).toBe('Ann');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
