/** What a component shows of the API: asked for once, shown from memory at once the next time, and fresh soon after. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, callAll, Problem } from './api/client.ts';
import type { Page } from './api/types.ts';

const memory = new Map<string, unknown>();
/** What is being asked for: two components that want the same ask once. */
const asked = new Map<string, Promise<unknown>>();

function askOnce<T>(name: string, read: () => Promise<T>): Promise<T> {
  const asking = (asked.get(name) as Promise<T> | undefined) ?? read().finally(() => asked.delete(name));
  asked.set(name, asking);
  return asking;
}

/** What one person saw is not shown to the next. */
export function forgetResources(): void {
  memory.clear();
  asked.clear();
}

export interface Resource<T> {
  /** Undefined: nothing came yet. */
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  reload(): Promise<void>;
  /** Shows a change at once, before the API is asked again. */
  change(to: (data: T) => T): void;
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('internal', String(error));
}

function useRead<T>(name: string, read: () => Promise<T>): Resource<T> {
  const [, render] = useState({});
  const [problem, setProblem] = useState<Problem>();
  const wanted = useRef(name);
  wanted.current = name;
  const set = (data: T) => {
    memory.set(name, data);
    render({});
  };
  const load = async (ask: () => Promise<T>) => {
    try {
      const data = await ask();
      if (wanted.current !== name) return;
      set(data);
      setProblem(undefined);
    } catch (error) {
      if (wanted.current === name) setProblem(asProblem(error));
    }
  };
  useEffect(() => {
    setProblem(undefined);
    void load(() => askOnce(name, read));
  }, [name]);
  const data = memory.get(name) as T | undefined;
  return { data, problem, reload: () => load(read), change: (to) => data !== undefined && set(to(data)) };
}

export function useResource<T>(path: string): Resource<T> {
  return useRead(path, () => call<T>('GET', path));
}

/** The same, but what is remembered is not shown: for a form, which would be filled in anew while it is used. */
export function useFresh<T>(path: string): Resource<T> {
  useState(() => memory.delete(path));
  return useResource(path);
}

/** A list of which there are not many: all of it. */
export function useList<T>(path: string): Resource<T[]> {
  return useRead(`all of ${path}`, () => callAll<T>(path));
}

export interface EndlessList<T> {
  readonly items: readonly T[] | undefined;
  readonly problem: Problem | undefined;
  readonly hasMore: boolean;
  /** Where the next page begins: it changes with every page, of which some may be empty. */
  readonly next: string | undefined;
  /** The next, older page. */
  more(): Promise<void>;
  /** The first page anew: what came meanwhile is put before the rest. */
  refresh(): Promise<void>;
}

interface Pages<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** @param path with its query, without `cursor` */
export function useEndlessList<T extends { readonly id: string }>(path: string): EndlessList<T> {
  const asking = useRef(false);
  const { data, problem, change, reload } = useRead<Pages<T>>(`pages of ${path}`, async () => {
    const page = await call<Page<T>>('GET', path);
    return joinFirst(page, memory.get(`pages of ${path}`) as Pages<T> | undefined);
  });
  const [moreProblem, setMoreProblem] = useState<Problem>();
  const more = async () => {
    if (!data?.next || asking.current) return;
    asking.current = true;
    try {
      const cursor = `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(data.next)}`;
      const page = await call<Page<T>>('GET', path + cursor);
      change(({ items }) => ({ items: [...items, ...page.items], next: page.next }));
      setMoreProblem(undefined);
    } catch (error) {
      setMoreProblem(asProblem(error));
    } finally {
      asking.current = false;
    }
  };
  return {
    items: data?.items,
    problem: problem ?? moreProblem,
    hasMore: data?.next !== undefined,
    next: data?.next,
    more,
    refresh: reload,
  };
}

/**
 * Where the first page reaches what is there already, the older rest stays; so it does where what is looked for is not
 * among the newest, and the page is empty. Else the list begins anew.
 */
function joinFirst<T extends { readonly id: string }>(page: Page<T>, before: Pages<T> | undefined): Pages<T> {
  if (before && page.items.length === 0 && page.next) return before;
  const ids = new Set(page.items.map(({ id }) => id));
  const last = before?.items.findLastIndex(({ id }) => ids.has(id)) ?? -1;
  if (!before || last < 0) return { items: page.items, next: page.next };
  return { items: [...page.items, ...before.items.slice(last + 1)], next: before.next };
}
