/** Who is signed in: the token, kept in this browser, and what it may do. */
import { createStore } from './store.ts';

export type Role = 'subscriber' | 'operator';

const key = 'tocsin-token';

const store = createStore<string>(localStorage.getItem(key) ?? '');

export const useToken = store.use;

/** Empty: nobody is signed in. */
export const readToken = store.read;

export function signIn(token: string): void {
  localStorage.setItem(key, token);
  store.write(token);
}

export function signOut(): void {
  localStorage.removeItem(key);
  store.write('');
}

/** Tokens say in their first letters whose they are. @returns nothing for what is no token of Tocsin's */
export function roleOf(token: string): Role | undefined {
  if (/^tocsin_sub_\w{20,}$/.test(token)) return 'subscriber';
  return /^tocsin_op_\w{20,}$/.test(token) ? 'operator' : undefined;
}

/** Signed in or out in another tab. */
addEventListener('storage', (event) => {
  if (event.key === key || event.key === null) store.write(localStorage.getItem(key) ?? '');
});
