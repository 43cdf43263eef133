/** Says that there is no connection, as long as there is none. */
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Icon } from '../ui/icons.tsx';

export function Offline() {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return (
    <div role="status">
      {!online && (
        <p class="offline">
          <Icon name="warning" />
          {t('problem.offline')}
        </p>
      )}
    </div>
  );
}
