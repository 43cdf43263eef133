import { t } from '../i18n.ts';

const forms = [
  ['sanctions', 'help.word'],
  ['"north korean troops"', 'help.phrase'],
  ['ferry AND strike', 'help.and'],
  ['port OR harbour', 'help.or'],
  ['apple -fruit', 'help.not'],
  ['strike NEAR/5 port', 'help.near'],
  ['deploy*', 'help.prefix'],
  ['title:earthquake', 'help.field'],
  ['=US', 'help.exact'],
] as const;

export function QueryHelp() {
  return (
    <details class="help">
      <summary>{t('editor.help')}</summary>
      <dl>
        {forms.map(([form, meaning]) => (
          <div key={form}>
            <dt>
              <code>{form}</code>
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
