const words: Record<string, string> = {
  'signed-up': 'Signed up',
  'signed-in': 'Signed in',
  'signed-out': 'Signed out',
  'signed-out-elsewhere': 'Signed out everywhere else',
  'sign-in-failed': 'A wrong password',
  'code-asked': 'The right password; a code was asked for',
  'code-wrong': 'A wrong code',
  'recovery-code-used': 'A recovery code was used',
  'password-changed': 'The password was changed',
  'password-reset': 'The password was replaced by a mailed link',
  'address-confirmed': 'The e-mail address was confirmed',
  'second-factor-on': 'The second factor was turned on',
  'second-factor-off': 'The second factor was turned off',
  'identity-linked': 'Signing in by the identity provider was allowed',
};

/** What happened, for people; what is newer than this page is shown as it is. */
export const wordsOf = (action: string): string => words[action] ?? action;
