/** Words to look for, which are looked for when their writer pauses. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n.ts';

const PAUSE_MS = 300;
const longest = 200;

interface SearchBoxProps {
  readonly search: string;
  readonly onSearch: (words: string) => void;
}

export function SearchBox({ search, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(search);
  const asked = useRef(search);
  useEffect(() => {
    if (search !== asked.current) setText(search); // looked for from elsewhere, such as by the way back
    asked.current = search;
  }, [search]);
  const look = (words: string) => {
    if (words === asked.current) return;
    asked.current = words;
    onSearch(words);
  };
  useEffect(() => {
    const timer = setTimeout(() => look(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          look(text.trim());
        }}
      >
        <input
          type="search"
          aria-label={t('alerts.search')}
          placeholder={t('alerts.search')}
          value={text}
          maxLength={longest}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  );
}
