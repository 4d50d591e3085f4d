import { describe, expect, it } from 'vitest';
import { browserOf, programOf } from './browser';

describe('browserOf', () => {
  it('tells browsers that claim to be each other apart', () => {
    const base = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
    expect(browserOf(`${base} Chrome/140.0.0.0 Safari/537.36`)).toBe('Chrome on Linux');
    expect(browserOf(`${base} HeadlessChrome/140.0.0.0 Safari/537.36`)).toBe('Chrome on Linux');
    expect(browserOf('Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0')).toBe('Edge on Windows');
    expect(browserOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15')).toBe('Safari on macOS');
    expect(browserOf('Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0')).toBe('Firefox on Android');
  });

  it('shows a program by its first word', () => {
    expect(browserOf('curl/8.5.0')).toBe('curl/8.5.0');
    expect(browserOf('')).toBe('an unknown program');
  });
});

describe('programOf', () => {
  it('leaves names alone, and shortens those of browsers', () => {
    expect(programOf('warehouse/7')).toBe('warehouse/7');
    expect(programOf('js 8.4.0')).toBe('js 8.4.0');
    expect(programOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safa')).toBe('Chrome on Linux');
  });
});
