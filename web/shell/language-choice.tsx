import { keepLanguage, type Language, languages, t, useLanguage } from '../i18n.ts';

export function LanguageChoice() {
  const language = useLanguage();
  return (
    <select
      class="language"
      aria-label={t('account.language')}
      value={language}
      onChange={(event) => void keepLanguage(event.currentTarget.value as Language)}
    >
      {Object.entries(languages).map(([tag, { name }]) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </select>
  );
}
