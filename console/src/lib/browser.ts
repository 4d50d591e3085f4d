const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg\w*\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(Headless)?Chrom(e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone|\biPad/, 'iOS'],
  [/\bAndroid/, 'Android'],
  [/\bWindows/, 'Windows'],
  [/\bMac OS X/, 'macOS'],
  [/\bLinux/, 'Linux'],
];

/** A browser as people know it, by what it calls itself. */
export function browserOf(agent: string): string {
  const browser = browsers.find(([like]) => like.test(agent))?.[1];
  const system = systems.find(([like]) => like.test(agent))?.[1];
  if (browser === undefined) {
    return agent === '' ? 'an unknown program' : (agent.split(' ')[0] ?? agent);
  }
  return system === undefined ? browser : `${browser} on ${system}`;
}

/** A program by its name; a browser, which says much, as people know it. */
export function programOf(name: string): string {
  return name.startsWith('Mozilla/') ? browserOf(name) : name;
}
