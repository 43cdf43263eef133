/** A value outside of components that components follow. */
import { useEffect, useState } from 'preact/hooks';

export interface Store<T> {
  read(): T;
  write(value: T): void;
  /** In a component: the value, and rendering again when it changes. */
  use(): T;
}

export function createStore<T>(first: T): Store<T> {
  let current = first;
  const followers = new Set<(value: T) => void>();
  return {
    read: () => current,
    write(value) {
      current = value;
      for (const follow of followers) follow(value);
    },
    use() {
      const [value, setValue] = useState({ of: current });
      useEffect(() => {
        const follow = (next: T) => setValue({ of: next });
        follow(current);
        followers.add(follow);
        return () => void followers.delete(follow);
      }, []);
      return value.of;
    },
  };
}
