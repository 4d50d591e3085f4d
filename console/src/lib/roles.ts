import type { Role } from './api/types';

/** Who is more comes first. */
export const roles: readonly Role[] = ['owner', 'admin', 'developer', 'viewer'];

/** Whether a role may what needs at least the other; the server decides, this only hides what it would refuse. */
export function isAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(least);
}
