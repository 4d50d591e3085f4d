export type Theme = 'system' | 'light' | 'dark';

const name = 'carillon-theme';

/** The theme that was chosen in this browser. */
export function chosenTheme(): Theme {
  try {
    const stored = localStorage.getItem(name);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // Browsers may refuse storage.
    return 'system';
  }
}

export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(name, theme);
  } catch {
    // It counts until the page is left.
  }
}

export function applyTheme(theme: Theme): void {
  document.documentElement.style.colorScheme = theme === 'system' ? 'light dark' : theme;
}
