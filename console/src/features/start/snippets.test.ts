import { describe, expect, it } from 'vitest';
import { snippets } from './snippets';

const values = { url: 'http://localhost:8080', key: 'k1', secret: 's3cret', channel: 'my-channel' };

describe('snippets', () => {
  it('are filled with what the app has', () => {
    for (const { title, text } of snippets(values)) {
      expect(text, title).toContain('k1');
      expect(text, title).toContain('my-channel');
    }
  });

  it('say a secret only where a backend needs it', () => {
    expect(snippets(values).filter(({ text }) => text.includes('s3cret')).map(({ title }) => title)).toEqual(['curl', 'JavaScript', 'Java']);
  });

  it('know the port that the address leaves out', () => {
    const [, , , listening] = snippets({ ...values, url: 'https://rt.example.com' });
    expect(listening?.text).toContain('wssPort: 443');
    expect(listening?.text).toContain('forceTLS: true');
  });
});
